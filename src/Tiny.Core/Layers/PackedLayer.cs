using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A fully connected layer with int8 weights, three of them in each long. Its arithmetic is in whole numbers and exact: a row's sum is
    /// bias + sum of weight * input. Between int8 layers an activation becomes a digit from -127 to 127; behind the last one sums become
    /// floats, each by its row's scale. It does not learn.
    /// </summary>
    public abstract class PackedLayer : Layer
    {
        /// <summary>The largest digit between layers; the smallest is its negative.</summary>
        public const int LargestDigit = 127;

        /// <summary>What the sum of a lane must stay below, either way: 20 bits and a sign.</summary>
        public const int LaneLimit = 1 << 20;

        /// <summary>The largest shift: of a ReLU's sum, so that what saturates still fits its lane; of others, that a whole number has.</summary>
        internal const int LargestReluShift = 13;
        internal const int LargestShift = 30;

        // Digits of a long stand at bits 0, 21 and 43.
        private const int Second = 21;
        private const int Third = 43;

        internal readonly long[][] weights;
        internal readonly float[] scales; // (rows), of the last int8 layer alone
        internal readonly byte[] shifts;  // (rows); (1) for ReLU
        internal readonly sbyte[] table;  // (256), of hidden layers whose activation is not ReLU: the digit of each shifted sum from -128
        private readonly float[] steps;   // (2), with the table: what 1 of a shifted sum is worth to the activation, and 1 of a digit

        private protected PackedLayer(NetworkShape shape, int layer, int arrays)
        {
            weights = new long[arrays][];
            Define(shape, layer);
            if (shape.IsLastPacked(layer))
            {
                scales = new float[(rows + 1) & ~1];
            }
            else
            {
                shifts = new byte[activation == Activation.Relu ? 1 : rows];
                table = activation == Activation.Relu ? null : new sbyte[256];
                steps = table == null ? null : new float[2];
            }
        }

        /// <summary>Int8.</summary>
        public override WeightFormat WeightFormat
        {
            get { return WeightFormat.Int8; }
        }

        /// <summary>True: int8 weights do not learn.</summary>
        public override bool Frozen
        {
            get
            {
                return true;
            }

            set
            {
                if (!value)
                {
                    throw NotLearning();
                }
            }
        }

        internal override int RowCapacity
        {
            get { return rows; }
        }

        internal override int InputCapacity
        {
            get { return inputs; }
        }

        /// <summary>The bias of a row in whole numbers; behind the last int8 layer times its scale.</summary>
        public override float GetBias(int row)
        {
            CheckRow(row);
            return WholeBias(row) * (scales == null ? 1f : scales[row]);
        }

        /// <summary>The weight in whole numbers; behind the last int8 layer times its scale.</summary>
        public override float GetWeight(int row, int input)
        {
            CheckRow(row);
            CheckInput(input);
            return WholeWeight(row, input) * (scales == null ? 1f : scales[row]);
        }

        /// <summary>Not possible.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public override void SetBias(int row, float value)
        {
            throw NotLearning();
        }

        /// <summary>Not possible.</summary>
        /// <exception cref="InvalidOperationException">Always.</exception>
        public override void SetWeight(int row, int input, float value)
        {
            throw NotLearning();
        }

        /// <summary>Behind the last int8 layer, whose sums are floats.</summary>
        internal override void Activate(float[] a)
        {
            ActivationFunction.Forward(a, activation, parameter, rows);
        }

        internal abstract int WholeBias(int row);

        internal abstract int WholeWeight(int row, int input);

        /// <summary>One of the three digits of a long (0 to 2).</summary>
        internal static int Unpack(long packed, int place)
        {
            int low = (sbyte)packed;
            int middle = (sbyte)((packed - low) >> Second);
            return place == 0 ? low : place == 1 ? middle : (sbyte)((packed - low - ((long)middle << Second)) >> Third);
        }

        /// <summary>digits ((rows + 2) / 3) from the sums: ReLU shifts and saturates, others look them up. What idle places hold weighs nothing.</summary>
        internal void PackDigits(long[] digits, int[] sums)
        {
            int shift = 0;
            if (table != null)
            {
                Look(sums);
            }
            else
            {
                shift = shifts[0];
            }

            int least = table == null ? 0 : -LargestDigit;
            int i = (rows + 2) / 3;
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
            sbyte[] digits = table;
            int row = rows;
            do
            {
                row--;
                int step = (sums[row] >> shifts[row]) + 128;
                sums[row] = digits[step < 0 ? 0 : step > 255 ? 255 : step];
            }
            while (row != 0);

            for (row = rows; row % 3 != 0; row++)
            {
                sums[row] = 0;
            }
        }

        /// <summary>z (rows) from the sums, each by its scale.</summary>
        internal void Scale(float[] z, int[] sums)
        {
            for (int row = 0; row < rows; row++)
            {
                z[row] = sums[row] * scales[row];
            }
        }

        /// <summary>Reads scales, or shifts and steps, from the blob; returns the offset behind them.</summary>
        private protected int ReadSteps(BlobReader reader, int at, float[] room)
        {
            if (scales != null)
            {
                for (int row = 0; row < rows; row++)
                {
                    scales[row] = reader.FloatAt(at);
                    at += 4;
                }

                return at;
            }

            for (int i = 0; i < shifts.Length; i++)
            {
                shifts[i] = reader.ByteAt(at + i);
            }

            at += BlobFormat.Align(shifts.Length);
            if (table != null)
            {
                float sumStep = reader.FloatAt(at);
                float digitStep = reader.FloatAt(at + 4);
                steps[0] = sumStep;
                steps[1] = digitStep;
                at += 8;
                for (int step = -128; step < 128; step++)
                {
                    room[0] = step * sumStep;
                    ActivationFunction.Forward(room, activation, parameter, 1);
                    float digit = room[0] / digitStep;
                    table[step + 128] = (sbyte)(digit >= LargestDigit ? LargestDigit : digit <= -LargestDigit ? -LargestDigit
                        : (int)(digit < 0f ? digit - 0.5f : digit + 0.5f));
                }
            }

            return at;
        }

        /// <summary>Writes the section of the layer; returns the offset behind it.</summary>
        internal int WriteTo(byte[] buffer, int at)
        {
            for (int row = 0; row < rows; row++)
            {
                FloatBits.WriteInt32(buffer, at, WholeBias(row));
                at += 4;
            }

            if (scales != null)
            {
                for (int row = 0; row < rows; row++)
                {
                    FloatBits.Write(buffer, at, scales[row]);
                    at += 4;
                }
            }
            else
            {
                Array.Copy(shifts, 0, buffer, at, shifts.Length);
                at += BlobFormat.Align(shifts.Length);
                if (table != null)
                {
                    FloatBits.Write(buffer, at, steps[0]);
                    FloatBits.Write(buffer, at + 4, steps[1]);
                    at += 8;
                }
            }

            for (int row = 0; row < rows; row++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    buffer[at + row * inputs + input] = (byte)WholeWeight(row, input);
                }
            }

            return at + BlobFormat.Align(rows * inputs);
        }

        private static InvalidOperationException NotLearning()
        {
            return new InvalidOperationException("Int8 weights are fixed: only float32 layers can be changed.");
        }
    }
}
