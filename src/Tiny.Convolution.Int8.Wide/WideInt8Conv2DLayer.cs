using System;
using Tiny.Convolution.Int8.Wide.Kernels;
using Tiny.Core.Blobs;
using Tiny.Int8;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>A convolution with int8 weights, up to eighteen filters or 25 values at a time.</summary>
    public sealed class WideInt8Conv2DLayer : Int8Conv2DLayer
    {
        private const int Square = 25; // five by five of one channel: a chunk of its own
        private const int Rows = 36;   // three rows of twelve values, each one run, and seven to nine filters: another

        /// <summary>A layer for the node at which the reader stands.</summary>
        public WideInt8Conv2DLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <summary>All but windows of one chunk and filters of one block, behind ReLU: those have a kernel from bytes to digits.</summary>
        protected override bool NeedsSums
        {
            get { return Table != null || Weights.Length > 1 || Starts.Length > 3 || ChunkOf(Each) < Each || ChunkOf(Each) == 12 || Pool > 1; }
        }

        /// <inheritdoc/>
        public override int ChunkOf(int left)
        {
            return Each == Square ? Square : OfRows ? Rows : left <= 9 || left == 13 || left == 17 || left == 18 ? 9 : 12;
        }

        private bool OfRows
        {
            get { return Each == Rows && Window.Height == 3 && Window.DilationAcross == 1 && Window.StrideAcross * Window.Channels == 8 && Filters > 6 && Filters <= 9 && Pool == 1 && Table == null; }
        }

        /// <summary>Four filters of three by three over one channel: those have a kernel with three rows of places in the lanes.</summary>
        private bool OfColumns
        {
            get
            {
                ByteWindow w = Window;
                return Filters == 4 && w.Channels == 1 && w.Height == 3 && w.Width == 3 && w.DilationDown == 1 && w.DilationAcross == 1
                    && w.StrideDown == w.StrideAcross && w.StrideDown <= 2 && w.OutputHeight >= 3;
            }
        }

        /// <inheritdoc/>
        protected override int BlockOf(int left)
        {
            return left >= 6 && Each != Square ? 6 : left == 3 || left >= 5 ? 3 : 2;
        }

        /// <inheritdoc/>
        protected override void TakeLargest(int rows, int columns, int groups, int across)
        {
            if (Pool == 2)
            {
                Squares.Two(Sums, rows, columns, groups, across);
            }
            else
            {
                base.TakeLargest(rows, columns, groups, across);
            }
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            // Digits of 0 are not written.
            if (Table == null)
            {
                Array.Clear(Bytes, 0, Outputs);
            }

            if (Sums != null)
            {
                base.Run(x);
                return;
            }

            ByteWindow w = Window;
            if (OfColumns)
            {
                Columns(Pad(x), w);
                return;
            }

            int step = w.StrideAcross * w.Channels;
            int skip = w.StrideDown * w.PaddedWidth * w.Channels - w.OutputWidth * step;
            WholeWindows.Run(Pad(x), Offsets, Weights[0], Starts, Bytes, w.OutputWidth, w.OutputHeight, step, skip, Filters, Shifts[0], Offsets.Length, Starts.Length);
        }

        private void Columns(byte[] x, ByteWindow w)
        {
            if (w.StrideDown == 1)
            {
                SquareFilters.Apart1(x, Weights[0], Starts, Bytes, w.OutputWidth, w.OutputHeight, w.PaddedWidth, Shifts[0]);
            }
            else
            {
                SquareFilters.Apart2(x, Weights[0], Starts, Bytes, w.OutputWidth, w.OutputHeight, w.PaddedWidth, Shifts[0]);
            }
        }

        /// <inheritdoc/>
        protected override void Add(byte[] x, int[] places, int chunk, long[] weights, int at, int first, int rows, int step, int skip, int width, int count)
        {
            WideFilterProducts.Run(x, places, chunk, weights, Sums, at, first, Window.OutputWidth, rows, step, skip, Starts.Length, width, count);
        }

        /// <summary>The last group first: what stands in its idle lanes is 0 or overwritten.</summary>
        protected override void Give(int to, int places, int groups)
        {
            if (Table != null)
            {
                base.Give(to, places, groups);
                return;
            }

            int group = (Filters + 2) / 3;
            do
            {
                group--;
                Rectify(Sums, Bytes, group, groups, to + 3 * group, Filters, places, Shifts[0]);
            }
            while (group != 0);
        }

        /// <summary>ReLU, shift and saturation as in every layer, of one group; where a place has the sums of the one before, as in an empty part of a picture, it has its digits.</summary>
        private static void Rectify(long[] sums, byte[] z, int i, int groups, int at, int filters, int places, int shift)
        {
            long ones = Ones;
            long below = Int8Layer.LaneLimit - 1;
            long seven = Int8Layer.LargestDigit;
            long low7 = Low7;
            long room = ones * (Int8Layer.LaneLimit - ((Int8Layer.LargestDigit + 1) << shift));
            long last = 0L;
            long digits = 0L;
            do
            {
                long s = sums[i];
                if (s != last)
                {
                    last = s;
                    digits = (s >> 20) & ones;
                    if (digits != 0L)
                    {
                        s &= digits * below;
                        digits = ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;
                    }
                }

                if (digits != 0L)
                {
                    z[at] = (byte)digits;
                    z[at + 1] = (byte)(digits >> 21);
                    z[at + 2] = (byte)(digits >> Top);
                }

                i += groups;
                at += filters;
                places--;
            }
            while (places != 0);
        }
    }
}
