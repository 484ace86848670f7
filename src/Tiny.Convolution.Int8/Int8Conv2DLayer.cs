using System;
using Tiny.Convolution.Int8.Kernels;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>A convolution with int8 weights: three filters in the lanes of a long, three longs at a time over all places of some rows.</summary>
    /// <remarks>
    /// The values under a window are cut into chunks, the groups of three filters into blocks. A kernel takes a chunk and a block through all places of some rows with the weights in locals. A block holds, chunk by chunk,
    /// the weights of its groups one behind the other.
    /// </remarks>
    public class Int8Conv2DLayer : FilterLayer
    {
        /// <summary>(blocks)(values of all chunks * groups of the block).</summary>
        public readonly long[][] Weights;

        /// <summary>(values of all chunks) where each stands, from the window's first.</summary>
        public readonly int[] Offsets;

        private readonly int rowsAtATime;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8Conv2DLayer(BlobReader reader)
            : base(reader, Int8Conv2D.WindowAt)
        {
            ByteWindow w = Window;
            Each *= w.Channels;
            int slots = 0;
            while (slots < Each)
            {
                slots += ChunkOf(Each - slots);
            }

            Offsets = new int[slots];
            for (int i = 0; i < Each; i++)
            {
                int tap = i / w.Channels;
                Offsets[i] = (tap / w.Width * w.DilationDown * w.PaddedWidth + tap % w.Width * w.DilationAcross) * w.Channels + i % w.Channels;
            }

            int groups = (Filters + 2) / 3;
            int blocks = 0;
            int filled = 0;
            while (filled < groups)
            {
                filled += BlockOf(groups - filled);
                blocks++;
            }

            Starts = new long[filled];
            Weights = new long[blocks][];
            for (int block = 0; block < blocks; block++)
            {
                Weights[block] = new long[BlockOf(groups) * slots];
                groups -= BlockOf(groups);
            }

            int pool = Pool;
            int row = w.OutputWidth * Starts.Length * pool;
            int rows = SumsAtATime / row;
            int most = w.OutputHeight / pool;
            rowsAtATime = pool * (rows < 1 ? 1 : rows > most ? most : rows);
            Sums = NeedsSums ? new long[rowsAtATime * w.OutputWidth * Starts.Length] : null;
        }

        /// <summary>Whether the layer sums over more than one pass.</summary>
        protected virtual bool NeedsSums
        {
            get { return true; }
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            ByteWindow w = Window;
            x = Pad(x);
            int pool = Pool;
            int columns = w.OutputWidth / pool;
            int left = w.OutputHeight / pool * pool;
            int at = 0;
            int to = 0;
            int down = w.StrideDown * w.PaddedWidth * w.Channels;
            int groups = Starts.Length;
            while (left != 0)
            {
                int rows = left < rowsAtATime ? left : rowsAtATime;
                Sum(x, at, rows, w.StrideAcross * w.Channels, down - w.OutputWidth * w.StrideAcross * w.Channels);
                int places = rows * w.OutputWidth;
                if (pool > 1)
                {
                    places = rows / pool * columns;
                    TakeLargest(rows / pool, columns, groups, w.OutputWidth);
                }

                Give(to, places, groups);
                to += places * Filters;
                at += rows * down;
                left -= rows;
            }
        }

        /// <summary>The sums of all places of some rows.</summary>
        private void Sum(byte[] x, int at, int rows, int step, int skip)
        {
            long[] sums = Sums;
            long[][] weights = Weights;
            int groups = Starts.Length;
            int all = rows * Window.OutputWidth * groups;
            Array.Copy(Starts, 0, sums, 0, groups);
            for (int filled = groups; filled < all; filled += filled)
            {
                Array.Copy(sums, 0, sums, filled, filled < all - filled ? filled : all - filled);
            }

            int first = 0;
            for (int block = 0; block < weights.Length; block++)
            {
                int count = weights[block].Length / Offsets.Length;
                for (int chunk = 0; chunk < Offsets.Length;)
                {
                    int width = ChunkOf(Each - chunk);
                    Add(x, Offsets, chunk, weights[block], at, first, rows, step, skip, width, count);
                    chunk += width;
                }

                first += count;
            }
        }

        /// <summary>Adds the products of a chunk and a block to the sums of all places of some rows.</summary>
        /// <param name="x">What is read.</param>
        /// <param name="places">Where the values under a window stand, from its first.</param>
        /// <param name="chunk">Where among them the chunk begins.</param>
        /// <param name="weights">The block.</param>
        /// <param name="at">Where the first window begins.</param>
        /// <param name="first">The block's first group.</param>
        /// <param name="rows">Rows of windows.</param>
        /// <param name="step">From a window to the one beside.</param>
        /// <param name="skip">Behind the last window of a row, from the next step to the first of the row below.</param>
        /// <param name="width">Values of the chunk.</param>
        /// <param name="count">Groups of the block.</param>
        protected virtual void Add(byte[] x, int[] places, int chunk, long[] weights, int at, int first, int rows, int step, int skip, int width, int count)
        {
            FilterProducts.Run(x, places, chunk, weights, Sums, at, first, Window.OutputWidth, rows, step, skip, Starts.Length);
        }

        /// <summary>The bytes of all filters of each place. What idle lanes hold is overwritten by the next place, or stands behind the last, where buffers have room for it.</summary>
        protected virtual void Give(int to, int places, int groups)
        {
            Digits(places * groups, groups, 0);
            long[] sums = Sums;
            byte[] z = Bytes;
            int filters = Filters;
            int from = 0;
            do
            {
                int at = to;
                int i = from;
                to += filters;
                while (at < to)
                {
                    long digits = sums[i];
                    z[at] = (byte)digits;
                    z[at + 1] = (byte)(digits >> 21);
                    z[at + 2] = (byte)(digits >> Top);
                    at += 3;
                    i++;
                }

                from += groups;
                places--;
            }
            while (places != 0);
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            // Idle lanes give the digit 0.
            long zero = StartOf(0, 0);
            for (int group = 0; group < Starts.Length; group++)
            {
                Starts[group] = zero * Ones;
            }

            int first = 0;
            for (int block = 0; block < Weights.Length; block++)
            {
                long[] weights = Weights[block];
                int count = weights.Length / Offsets.Length;
                Array.Clear(weights, 0, weights.Length);
                for (int filter = 3 * first; filter < Filters && filter < 3 * (first + count); filter++)
                {
                    int lane = filter % 3;
                    int place = lane == 0 ? 0 : lane == 1 ? 21 : Top;
                    int sum = ReadFilter(reader, at + filter * Each, weights, filter / 3 - first, count, place);
                    Starts[filter / 3] += (StartOf(reader.Int32At(biasesAt + 4 * filter), sum) - zero) << place;
                }

                first += count;
            }
        }

        /// <summary>The weights of one filter into its lane; returns their sum.</summary>
        private int ReadFilter(BlobReader reader, int at, long[] weights, int group, int count, int place)
        {
            int sum = 0;
            for (int chunk = 0; chunk < Each;)
            {
                int width = ChunkOf(Each - chunk);
                for (int i = 0; i < width && chunk + i < Each; i++)
                {
                    int weight = (sbyte)reader.ByteAt(at + chunk + i);
                    sum += weight;
                    weights[count * chunk + group * width + i] += (long)weight << place;
                }

                chunk += width;
            }

            return sum;
        }

        /// <summary>Values of the next chunk, where so many are left: such as the kernels have.</summary>
        public virtual int ChunkOf(int left)
        {
            return FilterProducts.Width;
        }

        /// <summary>Groups of the next block, where so many are left: such as the kernels have.</summary>
        protected virtual int BlockOf(int left)
        {
            return 3;
        }
    }
}
