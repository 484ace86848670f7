using System;
using Tiny.Convolution.Int8.Kernels;
using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// A convolution with int8 weights: three filters in the lanes of a long, three longs at a time over all places of some rows.
    /// </summary>
    /// <remarks>
    /// The values under a window are cut into chunks, the groups of three filters into blocks. A kernel takes a chunk and a block through
    /// all places of some rows with the weights in locals. A block holds, chunk by chunk, the weights of its groups one behind the other.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8Conv2DLayer : FilterLayer
    {
        /// <summary>(blocks)(values of all chunks * groups of the block).</summary>
        public readonly long[][] Weights;

        /// <summary>
        /// Where the values of a chunk stand: 0, 1, 2 and so on from its first where every chunk is one run; else
        /// (values of all chunks), from the window's first. Null where kernels do without.
        /// </summary>
        public readonly int[] Offsets;

        /// <summary>Values of all chunks.</summary>
        public readonly int Slots;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8Conv2DLayer(BlobReader reader)
            : base(reader, Int8Conv2D.WindowAt)
        {
            int[] w = Window;
            Each *= w[ByteWindow.Channels];
            bool runs = true;
            while (Slots < Each)
            {
                int width = ChunkOf(Each - Slots);
                runs = runs && Slots + width <= Each
                    && ByteWindow.PlaceOf(w, Slots + width - 1) - ByteWindow.PlaceOf(w, Slots) == width - 1;
                Slots += width;
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
                Weights[block] = new long[BlockOf(groups) * Slots];
                groups -= BlockOf(groups);
            }

            if (NeedsOffsets)
            {
                // What fills up the last chunk weighs nothing, and stands at the window's first.
                Offsets = new int[runs ? ChunkOf(Each) : Slots];
                for (int i = 0; i < Offsets.Length && i < Each; i++)
                {
                    Offsets[i] = runs ? i : ByteWindow.PlaceOf(w, i);
                }
            }

            int row = w[ByteWindow.OutputWidth] * filled * Pool;
            int rows = SumsAtATime / row;
            int most = w[ByteWindow.OutputHeight] / Pool;
            rows = rows < 1 ? 1 : rows > most ? most : rows;
            Sums = NeedsSums ? new long[rows * row] : null;
        }

        /// <summary>Whether the layer sums over more than one pass.</summary>
        protected virtual bool NeedsSums
        {
            get { return true; }
        }

        /// <summary>Whether the kernels are told where values stand.</summary>
        protected virtual bool NeedsOffsets
        {
            get { return true; }
        }

        /// <summary>From the user's own units, where the levels have no room for all of the sample: some rows at a time.</summary>
        /// <param name="sample">(Inputs), in the user's units.</param>
        /// <param name="scaling">Not used: the layer has its own.</param>
        /// <exception cref="ArgumentException">A value is not a number.</exception>
        public override void Enter(float[] sample, Scaling scaling)
        {
            if (Source.Length >= Inputs)
            {
                base.Enter(sample, scaling);
                return;
            }

            int[] w = Window;
            int pitch = w[ByteWindow.InputWidth] * w[ByteWindow.Channels];
            int rows = 3 * Pool;
            int count = ByteWindow.RowsUnder(w, rows) * pitch;
            int all = w[ByteWindow.OutputHeight] / Pool * Pool;
            int read = 0;
            for (int row = 0; row < all; row += rows)
            {
                row = row + rows <= all ? row : all - rows;
                read = row * w[ByteWindow.StrideDown] * pitch;
                ToLevels(sample, read, count);
                read += count;
                Walk(Source, rows, row / Pool * (w[ByteWindow.OutputWidth] / Pool) * Filters);
            }

            // What no window reaches may not be NaN either.
            while (read < Inputs)
            {
                count = count < Inputs - read ? count : Inputs - read;
                ToLevels(sample, read, count);
                read += count;
            }
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            Walk(Pad(x), Window[ByteWindow.OutputHeight] / Pool * Pool, 0);
        }

        /// <summary>All places of some rows.</summary>
        /// <param name="x">(rows, padded width, channels) bytes, from the first window on.</param>
        /// <param name="left">Rows of windows, as many as make whole squares that are pooled.</param>
        /// <param name="to">Where what is given begins.</param>
        protected virtual void Walk(byte[] x, int left, int to)
        {
            int[] w = Window;
            int pool = Pool;
            int columns = w[ByteWindow.OutputWidth] / pool;
            int at = 0;
            int across = w[ByteWindow.StrideAcross] * w[ByteWindow.Channels];
            int down = w[ByteWindow.StrideDown] * w[ByteWindow.PaddedWidth] * w[ByteWindow.Channels];
            int groups = Starts.Length;
            int most = Sums.Length / (w[ByteWindow.OutputWidth] * groups);
            while (left != 0)
            {
                int rows = left < most ? left : most;
                Sum(x, at, rows, across, down - w[ByteWindow.OutputWidth] * across);
                int places = rows * w[ByteWindow.OutputWidth];
                if (pool > 1)
                {
                    places = rows / pool * columns;
                    TakeLargest(rows / pool, columns, groups, w[ByteWindow.OutputWidth]);
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
            int all = rows * Window[ByteWindow.OutputWidth] * groups;
            Array.Copy(Starts, 0, sums, 0, groups);
            for (int filled = groups; filled < all; filled += filled)
            {
                Array.Copy(sums, 0, sums, filled, filled < all - filled ? filled : all - filled);
            }

            int first = 0;
            int slots = Slots;
            bool run = Offsets.Length < slots;
            for (int block = 0; block < weights.Length; block++)
            {
                int count = weights[block].Length / slots;
                for (int chunk = 0; chunk < slots;)
                {
                    int width = ChunkOf(Each - chunk);
                    Add(x, run ? 0 : chunk, chunk, weights[block], run ? at + ByteWindow.PlaceOf(Window, chunk) : at, first, rows, step,
                        skip, width, count);
                    chunk += width;
                }

                first += count;
            }
        }

        /// <summary>Adds the products of a chunk and a block to the sums of all places of some rows.</summary>
        /// <param name="x">(rows, padded width, channels) bytes, what is read.</param>
        /// <param name="offset">Where among the offsets the chunk's begin.</param>
        /// <param name="chunk">Where among the values under a window the chunk begins.</param>
        /// <param name="weights">(groups)(values of the chunk), the block, in one array.</param>
        /// <param name="at">Where the first window begins.</param>
        /// <param name="first">The block's first group.</param>
        /// <param name="rows">Rows of windows.</param>
        /// <param name="step">From a window to the one beside.</param>
        /// <param name="skip">Behind the last window of a row, from the next step to the first of the row below.</param>
        /// <param name="width">Values of the chunk.</param>
        /// <param name="count">Groups of the block.</param>
        protected virtual void Add(
            byte[] x, int offset, int chunk, long[] weights, int at, int first, int rows, int step, int skip, int width, int count)
        {
            FilterProducts.Run(x, Offsets, offset, chunk, weights, Sums, at, first, Window[ByteWindow.OutputWidth], rows, step, skip,
                Starts.Length);
        }

        /// <summary>
        /// The bytes of all filters of each place. What idle lanes hold is overwritten by the next
        /// place, or stands behind the last, where buffers have room for it.
        /// </summary>
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
                int count = weights.Length / Slots;
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
        /// <param name="left">Values that are left, 1 or more.</param>
        public virtual int ChunkOf(int left)
        {
            return FilterProducts.Width;
        }

        /// <summary>Groups of the next block, where so many are left: such as the kernels have.</summary>
        /// <param name="left">Groups that are left, 1 or more.</param>
        protected virtual int BlockOf(int left)
        {
            return 3;
        }
    }
}
