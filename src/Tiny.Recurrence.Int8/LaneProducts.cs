using Tiny.Recurrence.Int8.Kernels;

namespace Tiny.Recurrence.Int8
{
    /// <summary>Products of packed rows with digits, in blocks of inputs.</summary>
    public static class LaneProducts
    {
        /// <summary>Inputs from one block to the next.</summary>
        public const int Widest = LaneSums.Widest;

        /// <summary>Room for the weights of so many rows: (blocks)(rows)(1 + width).</summary>
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
        public static int RoomFor(int inputs)
        {
            int last = (inputs - 1) / Widest * Widest;
            return last + LaneSums.WidthFor(inputs - last);
        }

        /// <summary>sums (rows) of the inputs.</summary>
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
