using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// What stands between bytes and dense layers: the global average of each channel, or all values as they stand. They give
    /// digits, three to a long, or floats, by the type of their output buffer. See BLOB-FORMAT.md, kinds 15 and 16.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8Vector : ByteKind
    {
        /// <summary>The code of the global average.</summary>
        public const int GlobalAverageCode = 15;

        /// <summary>The code of flattening.</summary>
        public const int FlattenCode = 16;

        /// <summary>Where among the attributes factor or scale stands.</summary>
        public const int FactorAt = OwnAt;

        /// <summary>The kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        public Int8Vector(int code)
            : base(code)
        {
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            int type = reader.BufferType(reader.Output);
            bool average = Code == GlobalAverageCode;
            int expected = average || type == BlobFormat.Floats ? FactorAt + 4 : FactorAt;
            BlobError error = CheckInput(reader, expected);
            if (error != BlobError.None)
            {
                return error;
            }

            if (reader.AttributeBytes != expected)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, expected);
            }

            error = CheckLevels(reader, reader.Inputs);
            if (error != BlobError.None)
            {
                return error;
            }

            // What passes levels on as they are would be no network.
            int read = TypeOf(reader);
            if (!average && (reader.Input == BlobFormat.Sample || (type != BlobFormat.Floats && read == BlobFormat.Levels)))
            {
                return reader.FaultOfNode(BlobError.BufferTypeDoesNotFit, read, BlobFormat.Digits);
            }

            if (type == BlobFormat.Floats ? !(reader.AttributeFloat(FactorAt) > 0f)
                || reader.AttributeFloat(FactorAt) > float.MaxValue : average && Factor(reader) <= 0)
            {
                return reader.FaultOfNode(BlobError.ScaleOutOfRange, reader.Node, 0);
            }

            int values = average ? reader.Dimension(reader.Input, 2) : reader.InputLength;
            if (!average && type == BlobFormat.Floats)
            {
                // Layers over images or signals may stand behind: for them the values lie as they did.
                return reader.SetOutput(reader.Dimension(reader.Input, 0), reader.Dimension(reader.Input, 1),
                    reader.Dimension(reader.Input, 2), type);
            }

            return reader.SetOutput(1, 1, values, type == BlobFormat.Floats ? type : BlobFormat.Longs);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new Int8VectorLayer(reader);
        }

        /// <summary>The factor of the global average's digits.</summary>
        public static int Factor(BlobReader reader)
        {
            return reader.AttributeUInt16(FactorAt) | (reader.AttributeUInt16(FactorAt + 2) << 16);
        }
    }
}
