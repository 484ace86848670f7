using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8;
using Tiny.Sparse.Int8.Kernels;

namespace Tiny.Sparse.Int8
{
    /// <summary>
    /// The first int8 layer where only some weights are there: it takes the user's inputs as
    /// levels from 0 to 255, and sums three rows in the three lanes of a long.
    /// </summary>
    /// <remarks>
    /// Lanes begin at bits 0, 21 and 43 with 2^20 + bias - 128 sum of weights, and end with 2^20 + sum: arithmetic is exact modulo
    /// 2^64, so only the last value of a lane must fit, which <see cref="SparseLevels"/> sees to. Of floats it makes levels of
    /// those inputs alone that a weight reads, and looks at no others; bytes it reads where they are.
    /// </remarks>
    /// <seealso cref="SparseLevels"/>
    public class SparseLevelLayer : Int8Layer
    {
        private const long Ones = 1L | 1L << 21 | 1L << 43;

        /// <summary>Where the weights stand, of each group of three rows.</summary>
        public readonly SparseRows Index;

        /// <summary>(groups) what the lanes begin with.</summary>
        public readonly long[] Starts;

        /// <summary>
        /// (2) or (2 inputs): scale and offset of all inputs, or of each; x * scale + offset is the level less 256, cut toward 0.
        /// </summary>
        public readonly float[] Scaling;

        /// <summary>(inputs) the levels of floats, of inputs that a weight reads.</summary>
        protected readonly byte[] Levels;

        private readonly long[] lanes;

        /// <summary>A layer with memory for the node at which the reader stands.</summary>
        public SparseLevelLayer(BlobReader reader)
        {
            int groups = (Core.Layers.Dense.RowsOf(reader) + 2) / 3;
            Index = new SparseRows(reader, reader.WeightsAt < 0 ? -1 : SparseLevels.IndexAt(reader), groups);
            Starts = new long[groups];
            lanes = new long[groups];
            Levels = new byte[reader.InputLength];
            Scaling = new float[reader.InputForm == InputForm.LevelsEach ? 2 * reader.InputLength : 2];
            Weights = new long[Index.Inputs.Length][];
            for (int run = 0; run < Weights.Length; run++)
            {
                Weights[run] = new long[Index.Inputs[run].Length];
            }
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return SparseLevels.SparseLevelsCode; }
        }

        /// <summary>Biases and weights, three to an input of a group.</summary>
        public override int ParameterCount
        {
            get
            {
                int count = Rows;
                for (int run = 0; run < Weights.Length; run++)
                {
                    count += 3 * SparseRows.CountOf(Weights[run].Length);
                }

                return count;
            }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return base.HasRoomFor(reader) && reader.WeightsAt >= 0 && (reader.InputForm == InputForm.LevelsEach) == (Scaling.Length != 2)
                && Index.HasRoomFor(reader, SparseLevels.IndexAt(reader), Starts.Length);
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            for (int i = 0; i < Scaling.Length; i++)
            {
                Scaling[i] = reader.FloatAt(reader.NormalizationAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Core.Scaling ignored)
        {
            byte[] given = Levels;
            float[] scaling = Scaling;
            ushort[] used = Index.Used;
            bool each = scaling.Length != 2;
            float scale = scaling[0];
            float offset = scaling[1];
            for (int k = Index.UsedCount - 1; k >= 0; k--)
            {
                int i = used[k];
                if (each)
                {
                    scale = scaling[2 * i];
                    offset = scaling[2 * i + 1];
                }

                float number = sample[i] * scale + offset;
                given[i] = number < -1f && -257f < number ? (byte)((int)number + 256) : Held(number, i);
            }

            EnterLevels(given);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            long[] all = lanes;
            int groups = all.Length;
            SparseLevelProducts.Run(given, all, Starts, Weights, Index.Inputs, groups);
            int[] sums = Sums;
            int row = 3 * groups;
            do
            {
                groups--;
                long three = all[groups];
                row--;
                sums[row] = ((int)(three >> 43) & 0x1FFFFF) - LaneLimit;
                row--;
                sums[row] = ((int)(three >> 21) & 0x1FFFFF) - LaneLimit;
                row--;
                sums[row] = ((int)three & 0x1FFFFF) - LaneLimit;
            }
            while (groups != 0);
            Finish();
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            at = Index.Read(reader, at, Starts.Length);
            int run = 0;
            for (int group = 0; group < Starts.Length; group++)
            {
                long all = 0L;
                long[] array;
                do
                {
                    array = Weights[run++];
                    int count = SparseRows.CountOf(array.Length);
                    for (int i = 0; i < count; i++)
                    {
                        long three = (sbyte)reader.ByteAt(at) + ((long)(sbyte)reader.ByteAt(at + 1) << 21)
                            + ((long)(sbyte)reader.ByteAt(at + 2) << 43);
                        array[i] = three;
                        all += three;
                        at += 3;
                    }
                }
                while (array.Length == SparseRows.Width);

                long start = unchecked(Ones * LaneLimit) - all * LevelDenseLayer.MiddleLevel;
                for (int lane = 0; lane < 3 && 3 * group + lane < Rows; lane++)
                {
                    start += (long)reader.Int32At(biasesAt + 4 * (3 * group + lane)) << (lane == 0 ? 0 : lane == 1 ? 21 : 43);
                }

                Starts[group] = start;
            }
        }

        /// <summary>The level of an input that is outside the range of calibration: held within it.</summary>
        private static byte Held(float number, int input)
        {
            if (-1f <= number)
            {
                return 255;
            }

            if (number <= -256f)
            {
                return 0;
            }

            throw Guard.NotFinite("inputs", input);
        }
    }
}
