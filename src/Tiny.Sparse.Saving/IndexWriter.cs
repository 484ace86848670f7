using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Sparse.Saving
{
    /// <summary>Writes which weights of a layer there are, as <see cref="IndexReader"/> reads them.</summary>
    /// <seealso cref="SparseUnpacker"/>
    public static class IndexWriter
    {
        /// <summary>Bytes that the indices take.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="count">How many of them.</param>
        public static int Measure(SparseRows rows, int count)
        {
            int gaps = Write(rows, null, 0, 0);
            return IndexReader.HeadBytes + BlobFormat.Align(2 * count) + BlobFormat.Align((gaps * rows.Bits + 7) >> 3);
        }

        /// <summary>Writes the indices of so many rows into a buffer of zeros.</summary>
        /// <param name="rows">The rows.</param>
        /// <param name="count">How many of them.</param>
        /// <param name="buffer">Receives the bytes; long enough for the whole blob.</param>
        /// <param name="at">Where the first byte goes, from 0.</param>
        /// <returns>The offset behind them.</returns>
        public static int Write(SparseRows rows, int count, byte[] buffer, int at)
        {
            int counts = at + IndexReader.HeadBytes;
            int gaps = Write(rows, buffer, counts, counts + BlobFormat.Align(2 * count));
            int weights = 0;
            for (int run = 0; run < rows.Inputs.Length; run++)
            {
                weights += SparseRows.CountOf(rows.Inputs[run].Length);
            }

            buffer[at] = (byte)rows.Bits;
            buffer[at + 1] = (byte)rows.Raw;
            FloatBits.WriteInt32(buffer, at + 4, weights);
            FloatBits.WriteInt32(buffer, at + 8, gaps);
            return at + Measure(rows, count);
        }

        /// <summary>Writes counts and gaps, where there is a buffer; returns how many gaps they are.</summary>
        private static int Write(SparseRows rows, byte[] buffer, int counts, int gapsAt)
        {
            int most = (1 << rows.Bits) - 1;
            int gaps = 0;
            int last = -1;
            int weights = 0;
            for (int run = 0; run < rows.Inputs.Length; run++)
            {
                ushort[] inputs = rows.Inputs[run];
                int length = SparseRows.CountOf(inputs.Length);
                for (int i = 0; i < length; i++)
                {
                    int gap = inputs[i] - last - 1;
                    for (; gap >= most; gap -= most)
                    {
                        Put(buffer, gapsAt, gaps++, most, rows.Bits);
                    }

                    Put(buffer, gapsAt, gaps++, gap, rows.Bits);
                    last = inputs[i];
                }

                weights += length;
                if (inputs.Length != SparseRows.Width)
                {
                    if (buffer != null)
                    {
                        FloatBits.WriteUInt16(buffer, counts, weights);
                        counts += 2;
                    }

                    weights = 0;
                    last = -1;
                }
            }

            return gaps;
        }

        private static void Put(byte[] buffer, int at, int index, int gap, int bits)
        {
            if (buffer == null)
            {
                return;
            }

            if (bits == 16)
            {
                FloatBits.WriteUInt16(buffer, at + 2 * index, gap);
            }
            else if (bits == 8)
            {
                buffer[at + index] = (byte)gap;
            }
            else
            {
                buffer[at + (index >> 1)] |= (byte)(gap << ((index & 1) << 2));
            }
        }
    }
}
