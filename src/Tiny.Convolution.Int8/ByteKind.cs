using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// A kind of layer that reads bytes: digits, or the sample as levels. Its attributes begin with
    /// the byte that counts as 0, and the buffer of a first node's levels.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public abstract class ByteKind : LayerKind
    {
        /// <summary>What is added to digits that may be negative, so that they are bytes.</summary>
        public const int Middle = 128;

        /// <summary>In the place of a buffer of levels: the node is not the first.</summary>
        public const int None = 255;

        /// <summary>Where among the attributes the byte stands that counts as 0.</summary>
        public const int ZeroAt = 0;

        /// <summary>Where among the attributes the buffer of levels stands.</summary>
        public const int LevelsAt = 1;

        /// <summary>Bytes of attributes that every kind begins with.</summary>
        public const int OwnAt = 2;

        private readonly int code;

        /// <summary>A kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        protected ByteKind(int code)
        {
            this.code = code;
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return code; }
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return BlobError.None;
        }

        /// <summary>The type of what the node reads: of the sample, levels.</summary>
        public static int TypeOf(BlobReader reader)
        {
            return reader.Input == BlobFormat.Sample ? BlobFormat.Levels : reader.BufferType(reader.Input);
        }

        /// <summary>Checks that a first node's levels have room for as many of the sample as it makes at a time.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="count">Values that it makes at a time.</param>
        /// <returns>None, or what is wrong.</returns>
        protected static BlobError CheckLevels(BlobReader reader, int count)
        {
            int levels = reader.Attribute(LevelsAt);
            return levels != None && reader.BufferLength(levels) < count
                ? reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(levels), count) : BlobError.None;
        }

        /// <summary>Checks what the node reads, and the attributes that every kind begins with.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="attributeBytes">Bytes of attributes that the kind has.</param>
        /// <returns>None, or what is wrong.</returns>
        protected static BlobError CheckInput(BlobReader reader, int attributeBytes)
        {
            if (reader.AttributeBytes < attributeBytes)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, attributeBytes);
            }

            int levels = reader.Attribute(LevelsAt);
            if (reader.Input == BlobFormat.Sample)
            {
                return levels >= reader.BufferCount ? reader.FaultOfNode(BlobError.BufferOutOfRange, levels, reader.BufferCount - 1)
                    : reader.BufferType(levels) < BlobFormat.Digits
                    ? reader.FaultOfNode(BlobError.BufferTypeDoesNotFit, reader.BufferType(levels), BlobFormat.Levels)
                    : levels == reader.Output ? reader.FaultOfNode(BlobError.OutputOverInput, levels, 0)
                    : BlobError.None;
            }

            int type = reader.BufferType(reader.Input);
            if (type < BlobFormat.Digits)
            {
                return reader.FaultOfNode(BlobError.BufferTypeDoesNotFit, type, BlobFormat.Digits);
            }

            int zero = reader.Attribute(ZeroAt);
            return levels != None || (type == BlobFormat.Digits && zero != 0) || (type == BlobFormat.SignedDigits && zero != Middle)
                ? reader.FaultOfNode(BlobError.AttributesMalformed, levels != None ? levels : zero, 0)
                : BlobError.None;
        }
    }
}
