using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>
    /// The attributes of an int8 layer: outputs (2 bytes), activation (1), whether it gives floats (1: 1) or
    /// digits (0), the buffer of sums (1), and the activation's parameter (4) if it has one.
    /// </summary>
    /// <seealso cref="Int8Layers"/>
    public static class Int8Attributes
    {
        /// <summary>In the place of a buffer of sums: the layer needs none.</summary>
        public const int None = 255;

        private const int GivesFloatsAt = 3;
        private const int SumsAt = 4;
        private const int ParameterAt = 5;

        /// <summary>
        /// Whether a layer sums in whole numbers: all but a first layer of one block whose ReLU makes
        /// digits of the lanes at once, and a later one of one block that gives floats.
        /// </summary>
        /// <param name="first">Whether it is the first layer.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="activation">The activation.</param>
        /// <param name="givesFloats">Whether it gives floats, not digits.</param>
        public static bool NeedsSums(bool first, int inputs, Activation activation, bool givesFloats)
        {
            return first ? inputs > Int8Blocks.OfLevels(inputs) || givesFloats || activation != Activation.Relu
                : inputs > Int8Blocks.OfDigits(64) || !givesFloats;
        }

        internal static bool GiveFloats(BlobReader reader)
        {
            return reader.Attribute(GivesFloatsAt) != 0;
        }

        internal static int Sums(BlobReader reader)
        {
            return reader.Attribute(SumsAt);
        }

        internal static float Parameter(BlobReader reader)
        {
            return reader.AttributeBytes > ParameterAt ? reader.AttributeFloat(ParameterAt) : 0f;
        }

        /// <summary>Checks the attributes and the buffers, and tells the reader what the node gives and what its weights take.</summary>
        internal static BlobError Measure(BlobReader reader)
        {
            Activation activation;
            BlobError error = Dense.CheckActivation(reader, Dense.ActivationAt, ParameterAt, out activation);
            if (error != BlobError.None)
            {
                return error;
            }

            int outputs = reader.AttributeUInt16(0);
            int rows = outputs * ActivationTraits.RowsPerOutput(activation);
            int gives = reader.Attribute(GivesFloatsAt);
            if (gives > 1)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, gives, 1);
            }

            // Digits go straight from one int8 layer to the next: one from each row.
            if (gives == 0 && activation == Activation.Maxout)
            {
                return reader.FaultOfNode(BlobError.ActivationNotForInt8, (int)activation, 0);
            }

            int sums = Sums(reader);
            bool first = reader.Kind == LevelDense.LevelDenseCode;
            if (sums != None || NeedsSums(first, reader.InputLength, activation, gives == 1)
                || (!first && reader.BufferLength(reader.Input) < Int8Blocks.LongsFor(reader.InputLength)))
            {
                error = reader.CheckBuffer(sums, BlobFormat.Integers);
                int summed = (rows + 2) / 3 * 3;
                if (error == BlobError.None && reader.BufferLength(sums) < summed)
                {
                    error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(sums), summed);
                }
            }

            if (error == BlobError.None && gives == 1 && rows > reader.BufferLength(reader.Output))
            {
                error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(reader.Output), rows);
            }

            reader.NodeActivation = activation;
            reader.SetWeights(WeightBytes(activation, rows, reader.InputLength, gives == 1));
            return error == BlobError.None ? reader.SetOutput(1, 1, outputs, gives == 1 ? BlobFormat.Floats : BlobFormat.Longs) : error;
        }

        /// <summary>Bytes of biases, scales or shifts, and weights.</summary>
        /// <param name="activation">The activation.</param>
        /// <param name="rows">Rows of weights, 1 or more.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        /// <param name="floats">Whether it gives floats, not digits.</param>
        public static long WeightBytes(Activation activation, int rows, int inputs, bool floats)
        {
            return 4L * rows + (floats ? 4L * rows : StepBytes(activation, rows)) + (((long)rows * inputs + 3) & ~3L);
        }

        /// <summary>Bytes of the shifts of a layer that gives digits, and of the steps where it has a table.</summary>
        /// <param name="activation">The activation.</param>
        /// <param name="rows">Rows of weights, 1 or more.</param>
        public static int StepBytes(Activation activation, int rows)
        {
            return activation == Activation.Relu ? 4 : BlobFormat.Align(rows) + 8;
        }
    }
}
