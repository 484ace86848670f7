using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// A convolution with int8 weights. Its arithmetic is in whole numbers and exact: a filter's sum
    /// is bias + sum of weight * (byte - zero). Three sums stand in each long.
    /// </summary>
    /// <remarks>
    /// Lanes of 21, 21 and 22 bits begin with 2^20 + bias - zero * (sum of weights), take weight times byte, and end with 2^20
    /// + sum, whatever they go through: arithmetic is exact modulo 2^64, so only what a lane ends with must fit, and a blob
    /// with which it might not is refused. Where squares of sums are pooled they begin with 2^19 instead, and their limit is
    /// half, so that bit 20 is free to compare by. What is read is copied among the places beyond its edges, which hold zero,
    /// once for all windows; without such places it is read where it is.
    /// </remarks>
    /// <seealso cref="Int8Convolutions"/>
    public abstract class FilterLayer : ByteLayer
    {
        /// <summary>Where the third lane begins; the second begins at bit 21.</summary>
        public const int Top = 42;

        /// <summary>A one in each lane.</summary>
        public const long Ones = 1L | 1L << 21 | 1L << Top;

        /// <summary>The most sums that stand at a time, unless a row has more.</summary>
        public const int SumsAtATime = 96;

        /// <summary>The digits of each lane.</summary>
        public const long Low7 = Ones * Int8Layer.LargestDigit;
        private const int LaneBits = 0x1FFFFF;

        /// <summary>(<see cref="ByteWindow.Count"/>), how the window walks.</summary>
        public readonly int[] Window = new int[ByteWindow.Count];

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        /// <summary>Filters: as many as channels are given.</summary>
        public readonly int Filters;

        /// <summary>Weights of a filter.</summary>
        public int Each;

        /// <summary>
        /// (groups) what the lanes of a place begin with, groups that fill up a block being idle; of
        /// a depthwise convolution (channels), of each lane.
        /// </summary>
        public long[] Starts;

        /// <summary>Each digit given is the largest of a square of so many by so many; 1 for itself.</summary>
        public int Pool;

        /// <summary>(filters), (1) for ReLU.</summary>
        public readonly byte[] Shifts;

        /// <summary>(256), unless the activation is ReLU: the digit of each shifted sum from -128; else null.</summary>
        public readonly sbyte[] Table;

        /// <summary>(2), with the table: what 1 of a shifted sum is worth to the activation, and 1 of a digit.</summary>
        public readonly float[] Steps;

        /// <summary>(places, groups), the sums of the places that are computed together.</summary>
        protected long[] Sums;

        private readonly byte[] padded; // null where no window reaches beyond an edge

        /// <summary>A layer for the node at which the reader stands, whose window stands there among the attributes.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="windowAt">Where among the attributes the window begins.</param>
        protected FilterLayer(BlobReader reader, int windowAt)
            : base(reader)
        {
            ByteWindow.Read(reader, windowAt, Window);
            Activation = (Activation)reader.Attribute(windowAt + ByteWindow.Bytes);
            Pool = reader.Attribute(windowAt + ByteWindow.Bytes + 1);
            Dense.Prepare(Activation);
            Filters = reader.Dimension(reader.Output, 2);
            Each = Window[ByteWindow.Height] * Window[ByteWindow.Width];
            bool relu = Activation == Activation.Relu;
            Shifts = new byte[relu ? 1 : Filters];
            if (!relu)
            {
                Table = new sbyte[LevelDenseLayer.Levels];
                Steps = new float[2];
            }

            if (ByteWindow.IsPadded(Window))
            {
                int rows = Window[ByteWindow.InputHeight] + Window[ByteWindow.Above] + Window[ByteWindow.Below];
                padded = new byte[rows * Window[ByteWindow.PaddedWidth] * Window[ByteWindow.Channels]];
            }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Filters * (1 + Each); }
        }

        /// <inheritdoc/>
        protected override int FixedAttributes
        {
            get { return ActivationAt + 2; }
        }

        /// <inheritdoc/>
        public override int GivenZero
        {
            get { return Activation == Activation.Relu ? 0 : ByteKind.Middle; }
        }

        private int ActivationAt
        {
            get { return ByteWindow.Bytes + (Kind == Int8Conv2D.Int8Conv2DCode ? Int8Conv2D.WindowAt : Int8DepthwiseConv2D.WindowAt); }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(ActivationAt));
            return base.HasRoomFor(reader) && reader.Dimension(reader.Input, 0) == Window[ByteWindow.InputHeight]
                && reader.Dimension(reader.Input, 1) == Window[ByteWindow.InputWidth];
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(ActivationAt + 2) : 0f;
            for (int i = 0; padded != null && i < padded.Length; i++)
            {
                padded[i] = (byte)Zero;
            }

            if (reader.WeightsAt < 0)
            {
                return;
            }

            int at = reader.WeightsAt + 4 * Filters;
            Array.Copy(reader.Bytes, reader.Start + at, Shifts, 0, Shifts.Length);

            if (Table != null)
            {
                Int8Table.Read(reader, at + BlobFormat.Align(Shifts.Length), Activation, ActivationParameter, Table, Steps);
            }

            ReadWeights(reader, reader.WeightsAt, at + Int8Attributes.StepBytes(Activation, Filters));
        }

        /// <summary>Packs the weights of a node.</summary>
        protected abstract void ReadWeights(BlobReader reader, int biasesAt, int at);

        /// <summary>What a lane begins with, for a filter of these weights.</summary>
        /// <param name="bias">The bias.</param>
        /// <param name="sumOfWeights">The sum of the weights of the filter.</param>
        public long StartOf(int bias, int sumOfWeights)
        {
            return (Pool > 1 ? Int8Layer.LaneLimit / 2 : Int8Layer.LaneLimit) + bias - (long)Zero * sumOfWeights;
        }

        /// <summary>What is read, with the places beyond the edges around it.</summary>
        /// <param name="x">(height, width, channels) bytes.</param>
        /// <returns>(padded height, padded width, channels) bytes; x itself where no window reaches beyond an edge.</returns>
        protected byte[] Pad(byte[] x)
        {
            byte[] wide = padded;
            if (wide == null)
            {
                return x;
            }

            int[] w = Window;
            int length = w[ByteWindow.InputWidth] * w[ByteWindow.Channels];
            int pitch = w[ByteWindow.PaddedWidth] * w[ByteWindow.Channels];
            int to = w[ByteWindow.Above] * pitch + w[ByteWindow.Left] * w[ByteWindow.Channels];
            int end = w[ByteWindow.InputHeight] * length;
            for (int from = 0; from != end; from += length)
            {
                Array.Copy(x, from, wide, to, length);
                to += pitch;
            }

            return wide;
        }

        /// <summary>The largest of each square of sums, lane by lane, in place: bit 20 says which of two is larger.</summary>
        /// <param name="rows">Rows of squares.</param>
        /// <param name="columns">Squares in a row.</param>
        /// <param name="groups">Longs of a place.</param>
        /// <param name="across">Places of a row of sums.</param>
        protected virtual void TakeLargest(int rows, int columns, int groups, int across)
        {
            long[] sums = Sums;
            long guard = Ones << 20;
            long ones = Ones;
            long all = Int8Layer.LaneLimit - 1;
            int pool = Pool;
            int to = 0;
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    for (int group = 0; group < groups; group++)
                    {
                        int from = (row * pool * across + column * pool) * groups + group;
                        long largest = 0L;
                        int below = pool;
                        do
                        {
                            int beside = pool;
                            do
                            {
                                long other = sums[from];
                                long difference = (largest | guard) - other;
                                largest = other + (difference & ((((difference & guard) >> 20) & ones) * all));
                                from += groups;
                                beside--;
                            }
                            while (beside != 0);
                            from += (across - pool) * groups;
                            below--;
                        }
                        while (below != 0);
                        sums[to] = largest + (ones << 19);
                        to++;
                    }
                }
            }
        }

        /// <summary>From sums to digits, in place: the lanes of a long become the bytes to be given.</summary>
        /// <param name="count">How many longs.</param>
        /// <param name="groups">Longs of a place, whose lanes are of filters ascending; 0 where all are of one.</param>
        /// <param name="filter">That one; else 0.</param>
        protected void Digits(int count, int groups, int filter)
        {
            long[] sums = Sums;
            sbyte[] table = Table;
            if (table == null)
            {
                Rectify(sums, count);
                return;
            }

            int step = groups == 0 ? 0 : 1;
            for (int i = 0; i < count; i++)
            {
                long s = sums[i];
                long digits = 0L;
                for (int lane = 0; lane < 3; lane++)
                {
                    int place = lane == 0 ? 0 : lane == 1 ? 21 : Top;
                    int sum = ((int)(s >> place) & LaneBits) - Int8Layer.LaneLimit;
                    if (filter < Shifts.Length)
                    {
                        int at = (sum >> Shifts[filter]) + 128;
                        digits |= (long)(table[at < 0 ? 0 : at > 255 ? 255 : at] + ByteKind.Middle) << place;
                    }

                    filter += step;
                }

                sums[i] = digits;
                filter = filter == 3 * groups ? 0 : filter;
            }
        }

        /// <summary>
        /// ReLU, shift and saturation of three lanes at once: bit 20 of a lane says that its sum is
        /// not negative, and a carry into it that the digit would be above 127.
        /// </summary>
        private void Rectify(long[] sums, int count)
        {
            int shift = Shifts[0];
            long ones = Ones;
            long below = Int8Layer.LaneLimit - 1;
            long seven = Int8Layer.LargestDigit;
            long low7 = Low7;
            long room = ones * (Int8Layer.LaneLimit - ((Int8Layer.LargestDigit + 1) << shift));
            int i = count;
            do
            {
                i--;
                long s = sums[i];
                long m = (s >> 20) & ones;
                if (m != 0L)
                {
                    s &= m * below;
                    m = ((s >> shift) | ((((s + room) >> 20) & ones) * seven)) & low7;
                }

                sums[i] = m;
            }
            while (i != 0);
        }
    }
}
