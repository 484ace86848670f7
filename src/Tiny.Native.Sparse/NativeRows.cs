using Tiny.Sparse;

namespace Tiny.Native.Sparse
{
    /// <summary>
    /// Which weights of a layer there are, as the kernels in C take it: how many each row has, and the inputs of all rows behind each
    /// other.
    /// </summary>
    /// <seealso cref="NativeSparse"/>
    public sealed class NativeRows
    {
        /// <summary>(weights, at least 1) the inputs.</summary>
        public readonly ushort[] Inputs;

        /// <summary>(rows) weights of each row.</summary>
        public readonly ushort[] Counts;

        /// <summary>Weights of all rows.</summary>
        public readonly int Weights;

        /// <summary>Room for rows that are in runs, as <see cref="SparseRows"/> has them.</summary>
        public NativeRows(SparseRows rows, int count)
        {
            for (int run = 0; run < rows.Inputs.Length; run++)
            {
                Weights += SparseRows.CountOf(rows.Inputs[run].Length);
            }

            // A native method takes no array without elements.
            Inputs = new ushort[Weights == 0 ? 1 : Weights];
            Counts = new ushort[count];
        }

        /// <summary>Takes the inputs of all runs.</summary>
        public void Take(SparseRows rows)
        {
            int row = 0;
            int at = 0;
            int first = 0;
            for (int run = 0; run < rows.Inputs.Length; run++)
            {
                ushort[] inputs = rows.Inputs[run];
                int count = SparseRows.CountOf(inputs.Length);
                System.Array.Copy(inputs, 0, Inputs, at, count);
                at += count;
                if (inputs.Length != SparseRows.Width)
                {
                    Counts[row++] = (ushort)(at - first);
                    first = at;
                }
            }
        }
    }
}
