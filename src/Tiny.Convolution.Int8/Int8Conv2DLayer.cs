using System;
using Tiny.Convolution.Int8.Kernels;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>A convolution with int8 weights: three filters in the lanes of a long, three longs at a time over all places of some rows.</summary>
    /// <remarks>
    /// The values under a window are cut into chunks, the filters into blocks of nine. A kernel takes a chunk and a block through all places with the weights in locals. Block b holds, chunk by chunk, the weights of
    /// its first three filters, then of its second and third three.
    /// </remarks>
    public class Int8Conv2DLayer : FilterLayer
    {
        /// <summary>(blocks)(values of all chunks * 3).</summary>
        public readonly long[][] Weights;

        /// <summary>(3 * blocks) what the lanes of a place begin with.</summary>
        public readonly long[] Starts;

        /// <summary>Filters.</summary>
        public readonly int Filters;

        /// <summary>Values under a window.</summary>
        public readonly int Each;

        private readonly int[] offsets;  // of each value of all chunks from the window's first
        private readonly int rowsAtATime;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8Conv2DLayer(BlobReader reader)
            : base(reader, Int8Conv2D.WindowAt)
        {
            ByteWindow w = Window;
            Filters = reader.AttributeUInt16(ByteKind.OwnAt);
            Each = w.Height * w.Width * w.Channels;
            int slots = 0;
            while (slots < Each)
            {
                slots += ChunkOf(Each - slots);
            }

            offsets = new int[slots];
            for (int i = 0; i < Each; i++)
            {
                int tap = i / w.Channels;
                offsets[i] = (tap / w.Width * w.DilationDown * w.PaddedWidth + tap % w.Width * w.DilationAcross) * w.Channels + i % w.Channels;
            }

            Weights = new long[(Filters + 8) / 9][];
            for (int block = 0; block < Weights.Length; block++)
            {
                Weights[block] = new long[3 * slots];
            }

            Starts = new long[3 * Weights.Length];
            int pool = reader.Attribute(Int8Conv2D.WindowAt + ByteWindow.Bytes + 1);
            int row = w.OutputWidth * Starts.Length * pool;
            int rows = SumsAtATime / row;
            int most = w.OutputHeight / pool;
            rowsAtATime = pool * (rows < 1 ? 1 : rows > most ? most : rows);
            Sums = new long[rowsAtATime * w.OutputWidth * Starts.Length];
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Filters * (1 + Each); }
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

                Digits(places * groups, groups, 0);
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

            for (int block = 0; block < weights.Length; block++)
            {
                for (int chunk = 0; chunk < offsets.Length;)
                {
                    int width = ChunkOf(Each - chunk);
                    FilterProducts.Run(x, offsets, chunk, weights[block], sums, at, 3 * block, Window.OutputWidth, rows, step, skip, groups, width);
                    chunk += width;
                }
            }
        }

        /// <summary>The bytes of all filters of each place. What idle lanes hold is overwritten by the next place, or stands behind the last, where buffers have room for it.</summary>
        private void Give(int to, int places, int groups)
        {
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
                    z[at + 2] = (byte)(digits >> 43);
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
            Array.Clear(Starts, 0, Starts.Length);
            for (int block = 0; block < Weights.Length; block++)
            {
                Array.Clear(Weights[block], 0, Weights[block].Length);
            }

            for (int filter = 0; filter < 3 * Starts.Length; filter++)
            {
                int place = filter % 3 == 0 ? 0 : filter % 3 == 1 ? 21 : 43;
                int sum = 0;
                long[] weights = Weights[filter / 9];
                int group = filter % 9 / 3;
                int chunk = 0;
                int width = ChunkOf(Each);
                for (int i = 0; filter < Filters && i < Each; i++)
                {
                    if (i == chunk + width)
                    {
                        chunk = i;
                        width = ChunkOf(Each - i);
                    }

                    int weight = (sbyte)reader.ByteAt(at + filter * Each + i);
                    sum += weight;
                    weights[3 * chunk + group * width + i - chunk] += (long)weight << place;
                }

                Starts[filter / 3] += StartOf(filter < Filters ? reader.Int32At(biasesAt + 4 * filter) : 0, sum) << place;
            }
        }

        /// <summary>Values of the next chunk: such widths as the kernels have, with few idle places in all.</summary>
        internal static int ChunkOf(int left)
        {
            return left <= 4 ? 4 : left <= 9 || left == 13 || left == 17 || left == 18 ? 9 : 12;
        }
    }
}
