using Tiny.Core;
using Tiny.Recurrence.Int8.Kernels;

namespace Tiny.Recurrence.Int8
{
    /// <summary>Products of packed rows with digits, in blocks of inputs.</summary>
    /// <seealso cref="Int8Gru"/>
    public static class LaneProducts
    {
        /// <summary>What is added to each digit.</summary>
        public const int DigitStart = 128;

        /// <summary>Inputs from one block to the next.</summary>
        public const int Widest = LaneSums.Widest;

        /// <summary>Room for the weights of so many rows: (blocks)(rows)(1 + width).</summary>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="inputs">Inputs, 1 or more.</param>
        public static long[][][] RowsFor(int rows, int inputs)
        {
            long[][][] blocks = new long[(inputs + Widest - 1) / Widest][][];
            for (int block = 0; block < blocks.Length; block++)
            {
                int left = inputs - block * Widest;
                blocks[block] = new long[rows][];
                for (int row = 0; row < rows; row++)
                {
                    blocks[block][row] = new long[1 + LaneSums.WidthFor(left)];
                }
            }

            return blocks;
        }

        /// <summary>Inputs that the blocks reach over; those behind the last weigh nothing.</summary>
        /// <param name="inputs">Inputs, 1 or more.</param>
        public static int RoomFor(int inputs)
        {
            int last = (inputs - 1) / Widest * Widest;
            return last + LaneSums.WidthFor(inputs - last);
        }

        /// <summary>Makes digits of a sample, each value times its scale, held within 127.</summary>
        /// <param name="x">(at + count) or longer.</param>
        /// <param name="at">The first value, from 0.</param>
        /// <param name="count">How many.</param>
        /// <param name="scales">(count), what each value is multiplied by.</param>
        /// <param name="to">(count) or longer. Receives the digits, a long each.</param>
        /// <exception cref="System.InvalidOperationException">A value is not a number.</exception>
        public static void Digitize(float[] x, int at, int count, float[] scales, long[] to)
        {
            for (int i = 0; i < count; i++)
            {
                float digit = x[at + i] * scales[i];
                if (digit < Int8Gru.LargestDigit)
                {
                    if (digit < -Int8Gru.LargestDigit)
                    {
                        digit = -Int8Gru.LargestDigit;
                    }
                }
                else if (Int8Gru.LargestDigit <= digit)
                {
                    digit = Int8Gru.LargestDigit;
                }
                else
                {
                    throw Guard.NotFinite(i);
                }

                to[i] = (int)(digit + (DigitStart + 0.5f));
            }
        }

        /// <summary>sums (rows) of the inputs.</summary>
        /// <param name="inputs">(<see cref="RoomFor"/>), a digit each.</param>
        /// <param name="blocks">(blocks)(rows)(1 + inputs of the block), packed.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <param name="sums">(rows). Receives the sums, three in each.</param>
        public static void Run(long[] inputs, long[][][] blocks, int rows, long[] sums)
        {
            int at = 0;
            for (int block = 0; block < blocks.Length; block++)
            {
                long[][] weights = blocks[block];
                LaneSums.Run(inputs, at, weights, rows, sums, at > 0, weights[0].Length - 1);
                at += Widest;
            }
        }
    }
}
