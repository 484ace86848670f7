using System;
using Tiny.Convolution.Int8.Wide.Kernels;
using Tiny.Core.Blobs;
using Tiny.Int8;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>A convolution with int8 weights, up to eighteen filters or 25 values at a time.</summary>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8Conv2DLayer : Int8Conv2DLayer
    {
        private const int Square = 25; // five by five of one channel: a chunk of its own
        private const int Rows = 36;   // three rows of twelve values, each one run, and seven to nine filters: another

        /// <summary>A layer for the node at which the reader stands.</summary>
        public WideInt8Conv2DLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        protected override bool NeedsOffsets
        {
            get { return NeedsSums || !(OfRows || OfColumns); }
        }

        /// <summary>All but windows of one chunk and filters of one block, behind ReLU: those have a kernel from bytes to digits.</summary>
        protected override bool NeedsSums
        {
            get
            {
                return Table != null || Weights.Length > 1 || Starts.Length > 3 || ChunkOf(Each) < Each || ChunkOf(Each) == 12
                || Pool > 1;
            }
        }

        /// <inheritdoc/>
        public override int ChunkOf(int left)
        {
            return Each == Square ? Square : OfRows ? Rows : left <= 9 || left == 13 || left == 17 || left == 18 ? 9 : 12;
        }

        private bool OfRows
        {
            get
            {
                return Each == Rows && Window[ByteWindow.Height] == 3 && Window[ByteWindow.DilationAcross] == 1
                && Window[ByteWindow.StrideAcross] * Window[ByteWindow.Channels] == 8 && Filters > 6 && Filters <= 9 && Pool == 1
                && Table == null;
            }
        }

        /// <summary>Four filters of three by three over one channel: those have a kernel with three rows of places in the lanes.</summary>
        private bool OfColumns
        {
            get
            {
                int[] w = Window;
                return Filters == 4 && w[ByteWindow.Channels] == 1 && w[ByteWindow.Height] == 3 && w[ByteWindow.Width] == 3
                    && w[ByteWindow.DilationDown] == 1 && w[ByteWindow.DilationAcross] == 1
                    && w[ByteWindow.StrideDown] == w[ByteWindow.StrideAcross] && w[ByteWindow.StrideDown] <= 2
                    && w[ByteWindow.OutputHeight] >= 3;
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
        protected override void Walk(byte[] x, int left, int to)
        {
            int[] w = Window;
            if (Table == null)
            {
                // Digits of 0 are not written.
                Array.Clear(Bytes, to, left / Pool * (w[ByteWindow.OutputWidth] / Pool) * Filters);
            }

            if (Sums != null)
            {
                base.Walk(x, left, to);
                return;
            }

            if (OfColumns)
            {
                Columns(x, w, left, to);
                return;
            }

            int step = w[ByteWindow.StrideAcross] * w[ByteWindow.Channels];
            int pitch = w[ByteWindow.PaddedWidth] * w[ByteWindow.Channels];
            int skip = w[ByteWindow.StrideDown] * pitch - w[ByteWindow.OutputWidth] * step;
            if (OfRows)
            {
                // That kernel knows the step; what it must be told is how far apart the rows of taps are.
                step = w[ByteWindow.DilationDown] * pitch;
            }

            WholeWindows.Run(x, Offsets, Weights[0], Starts, Bytes, to, w[ByteWindow.OutputWidth], left, step, skip, Filters, Shifts[0],
                Slots, Starts.Length);
        }

        private void Columns(byte[] x, int[] w, int rows, int to)
        {
            if (w[ByteWindow.StrideDown] == 1)
            {
                SquareFilters.Apart1(x, Weights[0], Starts, Bytes, to, w[ByteWindow.OutputWidth], rows, w[ByteWindow.PaddedWidth],
                    Shifts[0]);
            }
            else
            {
                SquareFilters.Apart2(x, Weights[0], Starts, Bytes, to, w[ByteWindow.OutputWidth], rows, w[ByteWindow.PaddedWidth],
                    Shifts[0]);
            }
        }

        /// <inheritdoc/>
        protected override void Add(
            byte[] x, int offset, int chunk, long[] weights, int at, int first, int rows, int step, int skip, int width, int count)
        {
            WideFilterProducts.Run(x, Offsets, offset, chunk, weights, Sums, at, first, Window[ByteWindow.OutputWidth], rows, step, skip,
                Starts.Length, width, count);
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

        /// <summary>
        /// ReLU, shift and saturation as in every layer, of one group; where a place has the sums of
        /// the one before, as in an empty part of a picture, it has its digits.
        /// </summary>
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
