using Tiny.Core.Arithmetic;

namespace Tiny.Core.Blobs
{
    // What a layer kind asks of the node at which the reader stands, and what it tells the reader of it.
    public sealed partial class BlobReader
    {
        /// <summary>The type of a buffer: floats, longs, integers, or bytes of one of three meanings.</summary>
        /// <param name="buffer">From 0 to BufferCount - 1.</param>
        public int BufferType(int buffer)
        {
            return ByteAt(BufferAt(buffer) + 2) >> 4;
        }

        /// <summary>Elements of a buffer.</summary>
        /// <param name="buffer">From 0 to BufferCount - 1.</param>
        public int BufferLength(int buffer)
        {
            return UInt16At(BufferAt(buffer)) | ((ByteAt(BufferAt(buffer) + 2) & 15) << 16);
        }

        /// <summary>
        /// A dimension of what a buffer holds, while the node is measured: 0 height, 1 width, 2 channels. A vector is 1, 1, n.
        /// </summary>
        public int Dimension(int buffer, int dimension)
        {
            return buffer != BlobFormat.Sample ? held[3 * buffer + dimension]
                : dimension == 0 ? sampleHeight : dimension == 1 ? sampleWidth : Inputs / (sampleHeight * sampleWidth);
        }

        /// <summary>Says what the node gives, and in what kind of buffer; a shape of no more than 65,535 values.</summary>
        /// <returns>None, or that it does not fit the buffer.</returns>
        public BlobError SetOutput(int height, int width, int channels, int type)
        {
            long values = (long)height * width * channels;
            if (height < 1 || width < 1 || channels < 1 || values > BlobFormat.MostValues)
            {
                return FaultOfNode(BlobError.LayerWidthOutOfRange, (int)(values > int.MaxValue ? int.MaxValue : values),
                    BlobFormat.MostValues);
            }

            if (BufferType(Output) != type)
            {
                return FaultOfNode(BlobError.BufferTypeDoesNotFit, BufferType(Output), type);
            }

            // Three digits to a long.
            int room = BufferLength(Output) * (type == BlobFormat.Longs ? 3 : 1);
            if (values > room)
            {
                return FaultOfNode(BlobError.BufferTooSmall, room, (int)values);
            }

            OutputLength = (int)values;
            held[3 * Output] = height;
            held[3 * Output + 1] = width;
            held[3 * Output + 2] = channels;
            return BlobError.None;
        }

        /// <summary>Says how many bytes the node's weights take, a multiple of 4.</summary>
        /// <param name="bytes">0 or more.</param>
        public void SetWeights(long bytes)
        {
            // What fits no blob need not fit an int.
            WeightBytes = bytes > int.MaxValue ? int.MaxValue : (int)bytes;
        }

        /// <summary>Sees to it that a buffer that the node reads is there and of a kind.</summary>
        /// <param name="buffer">The buffer, or <see cref="BlobFormat.Sample"/>.</param>
        /// <param name="type">The type, as <see cref="BufferType"/> gives it.</param>
        /// <returns>None, or what is wrong.</returns>
        public BlobError CheckBuffer(int buffer, int type)
        {
            if (buffer >= BufferCount)
            {
                return FaultOfNode(BlobError.BufferOutOfRange, buffer, BufferCount - 1);
            }

            return BufferType(buffer) == type ? BlobError.None : FaultOfNode(BlobError.BufferTypeDoesNotFit, BufferType(buffer), type);
        }

        /// <summary>A byte of the node's attributes.</summary>
        /// <param name="at">From 0 to AttributeBytes - 1.</param>
        /// <returns>From 0 to 255.</returns>
        public int Attribute(int at)
        {
            return Bytes[attributesStart + at];
        }

        /// <summary>Two bytes of the node's attributes as an unsigned number.</summary>
        /// <param name="at">From 0 to AttributeBytes - 2.</param>
        /// <returns>From 0 to 65,535.</returns>
        public int AttributeUInt16(int at)
        {
            return FloatBits.ReadUInt16(Bytes, attributesStart + at);
        }

        /// <summary>Four bytes of the node's attributes as a float.</summary>
        /// <param name="at">From 0 to AttributeBytes - 4.</param>
        public float AttributeFloat(int at)
        {
            return FloatBits.Read(Bytes, attributesStart + at);
        }

        /// <summary>A fault of the node's record.</summary>
        /// <param name="error">What is wrong.</param>
        /// <param name="found">The number that was found.</param>
        /// <param name="expected">The number that would be right.</param>
        /// <returns>The error.</returns>
        public BlobError FaultOfNode(BlobError error, int found, int expected)
        {
            return Fault(error, nextNodeAt, found, expected);
        }
    }
}
