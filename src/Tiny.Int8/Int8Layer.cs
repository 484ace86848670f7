using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>
    /// A fully connected layer with int8 weights, three of them in each long. Its arithmetic is in whole numbers and exact: a row's sum is
    /// bias + sum of weight * input. Between int8 layers an activation becomes a digit from -127 to 127; behind the last one sums become
    /// floats, each by its row's scale. It does not learn.
    /// </summary>
    /// <seealso cref="Int8Layers"/>
    public abstract class Int8Layer : Layer
    {
        /// <summary>The largest digit between layers; the smallest is its negative.</summary>
        public const int LargestDigit = 127;

        /// <summary>What the sum of a lane must stay below, either way: 20 bits and a sign.</summary>
        public const int LaneLimit = 1 << 20;

        /// <summary>The largest shift of a ReLU's sum, so that what saturates still fits its lane.</summary>
        public const int LargestReluShift = 13;

        /// <summary>The largest shift of another sum: what a whole number has.</summary>
        public const int LargestShift = 30;

        // Digits of a long stand at bits 0, 21 and 43.
        private const int Second = 21;
        private const int Third = 43;

        // Public fields, as kernels in other assemblies and what writes source read them.

        /// <summary>(groups of rows)(1 + inputs or longs of a block), what they weigh, packed; see the layers.</summary>
        public long[][] Weights;

        /// <summary>(rows) of a layer that gives floats; else null.</summary>
        public float[] Scales;

        /// <summary>(rows), (1) for ReLU, of a layer that gives digits; else null.</summary>
        public byte[] Shifts;

        /// <summary>
        /// (256), of a layer that gives digits and whose activation is not ReLU: the digit of each shifted sum from -128; else null.
        /// </summary>
        public sbyte[] Table;

        /// <summary>Rows of weights: as many as outputs, twice as many for maxout.</summary>
        public int Rows;

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        /// <summary>(groups) the buffer that a layer of digits writes; of a first layer that gives floats its lanes; else null.</summary>
        public long[] Digits;

        /// <summary>(rows, made a multiple of 3) the buffer of sums.</summary>
        protected int[] Sums;

        /// <summary>(2), with the table: what 1 of a shifted sum is worth to the activation, and 1 of a digit.</summary>
        public float[] Steps;

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Rows * (1 + Inputs); }
        }

        /// <summary>Takes memory for a node.</summary>
        public virtual void Allocate(BlobReader reader)
        {
            Define(reader);
            Dense.Prepare(reader);
            if (Int8Attributes.GiveFloats(reader))
            {
                Scales = new float[(Rows + 1) & ~1];
                return;
            }

            bool relu = Activation == Activation.Relu;
            Shifts = new byte[relu ? 1 : Rows];
            if (!relu)
            {
                Table = new sbyte[256];
                Steps = new float[2];
            }
        }

        /// <summary>True for a node of the same shape: the packing of the weights depends on it.</summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare(reader);
            return reader.InputLength == Inputs && Dense.RowsOf(reader) == Rows && reader.Attribute(Dense.ActivationAt) == (int)Activation
                && Int8Attributes.GiveFloats(reader) == (Scales != null);
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Define(reader);
            Sums = Int8Attributes.Sums(reader) == Int8Attributes.None ? null : (int[])buffers[Int8Attributes.Sums(reader)];
            if (Output == null)
            {
                Digits = (long[])buffers[reader.Output];
            }

            if (reader.WeightsAt >= 0)
            {
                ReadWeights(reader, reader.WeightsAt, ReadSteps(reader, reader.WeightsAt + 4 * Rows));
            }
        }

        /// <summary>Packs the weights of a node.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="biasesAt">Where its biases stand.</param>
        /// <param name="at">Where its weights stand.</param>
        protected abstract void ReadWeights(BlobReader reader, int biasesAt, int at);

        /// <summary>The sums become what the layer gives: floats with the activation applied, or digits.</summary>
        protected void Finish()
        {
            if (Output != null)
            {
                Scale(Output, Sums);
                Activate();
            }
            else
            {
                PackDigits(Digits, Sums);
            }
        }

        /// <summary>Applies the activation to the floats that the layer gives.</summary>
        protected void Activate()
        {
            if (Activation != Activation.Linear)
            {
                ActivationFunction.Forward(Output, Activation, ActivationParameter, Rows);
            }
        }

        /// <summary>
        /// digits ((rows + 2) / 3) from the sums: ReLU shifts and saturates, others look them up. What idle places hold weighs nothing.
        /// </summary>
        /// <param name="digits">((rows + 2) / 3) or longer. Receives them, three in each.</param>
        /// <param name="sums">(rows, made a multiple of 3). It is overwritten.</param>
        protected void PackDigits(long[] digits, int[] sums)
        {
            int shift = 0;
            if (Table != null)
            {
                Look(sums);
            }
            else
            {
                shift = Shifts[0];
            }

            int least = Table == null ? 0 : -LargestDigit;
            int i = (Rows + 2) / 3;
            int row = 3 * i;
            do
            {
                i--;
                row--;
                int high = sums[row] >> shift;
                if (high < least)
                {
                    high = least;
                }
                else if (high > LargestDigit)
                {
                    high = LargestDigit;
                }

                row--;
                int middle = sums[row] >> shift;
                if (middle < least)
                {
                    middle = least;
                }
                else if (middle > LargestDigit)
                {
                    middle = LargestDigit;
                }

                row--;
                int low = sums[row] >> shift;
                if (low < least)
                {
                    low = least;
                }
                else if (low > LargestDigit)
                {
                    low = LargestDigit;
                }

                digits[i] = low + ((long)middle << Second) + ((long)high << Third);
            }
            while (i != 0);
        }

        private void Look(int[] sums)
        {
            sbyte[] digits = Table;
            int row = Rows;
            do
            {
                row--;
                int step = (sums[row] >> Shifts[row]) + 128;
                sums[row] = digits[step < 0 ? 0 : step > 255 ? 255 : step];
            }
            while (row != 0);

            for (row = Rows; row % 3 != 0; row++)
            {
                sums[row] = 0;
            }
        }

        /// <summary>z (rows) from the sums, each by its scale.</summary>
        private void Scale(float[] z, int[] sums)
        {
            float[] scales = Scales;
            int row = Rows;
            do
            {
                row--;
                z[row] = sums[row] * scales[row];
            }
            while (row != 0);
        }

        /// <summary>Reads scales, or shifts and steps, from the blob; returns the offset behind them.</summary>
        private int ReadSteps(BlobReader reader, int at)
        {
            if (Scales != null)
            {
                for (int row = 0; row < Rows; row++)
                {
                    Scales[row] = reader.FloatAt(at);
                    at += 4;
                }

                return at;
            }

            for (int i = 0; i < Shifts.Length; i++)
            {
                Shifts[i] = reader.ByteAt(at + i);
            }

            at += BlobFormat.Align(Shifts.Length);
            if (Table != null)
            {
                Int8Table.Read(reader, at, Activation, ActivationParameter, Table, Steps);
                at += 8;
            }

            return at;
        }

        private void Define(BlobReader reader)
        {
            Inputs = reader.InputLength;
            Outputs = reader.OutputLength;
            Rows = Dense.RowsOf(reader);
            Activation = (Activation)reader.Attribute(Dense.ActivationAt);
            ActivationParameter = Int8Attributes.Parameter(reader);
        }
    }
}
