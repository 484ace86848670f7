using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8.Kernels;

namespace Tiny.Int8
{
    /// <summary>
    /// The first int8 layer: it takes the user's inputs as levels from 0 to 255, and sums three rows in the three lanes of a long.
    /// </summary>
    /// <remarks>
    /// Lanes of 21, 22 and 21 bits begin with 2^20 and end, whatever they go through, with 2^20 + sum: arithmetic is exact modulo 2^64, so
    /// only the last value of a lane must fit. It does: with c = level - 128 a block's sum is at most sum |weight| * 128, plus the bias in
    /// the first block, and a blob in which that reaches 2^20 for any row and block is refused. Lanes are emptied behind a block; kernels
    /// with room for it empty them only where more blocks do not stay below together for every row.
    /// Blocks are those of the format; a kernel may cut them into chunks. Chunk c of rows 3 g to 3 g + 2 is
    /// one array: what the lanes begin with, then the weights of each input in turn.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8Layers"/>
    public partial class LevelDenseLayer : Int8Layer
    {
        /// <summary>Levels an input has.</summary>
        public const int Levels = 256;

        /// <summary>The level that counts as 0.</summary>
        public const int MiddleLevel = 128;

        private const long Ones = 1L | 1L << 21 | 1L << 43;
        private const long Low7 = Ones * LargestDigit;

        /// <summary>Bit b: the lanes are emptied after block b; the last block's is not among them.</summary>
        public int Emptied;

        /// <summary>
        /// (2) or (2 inputs): scale and offset of all inputs, or of each; x * scale + offset is the level less 256, cut toward 0.
        /// </summary>
        public float[] Scaling;

        private float[] scratch; // (widest chunk), null where inputs are read where they are
        private byte[] levels;   // (widest chunk)

        /// <inheritdoc/>
        public override int Kind
        {
            get { return LevelDense.LevelDenseCode; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return base.HasRoomFor(reader) && (reader.InputForm == InputForm.LevelsEach) == (Scaling.Length != 2);
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Tiny.Core.Scaling ignored)
        {
            Run(sample, null);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            Run(null, given);
        }

        /// <summary>Inputs of a chunk of a block: what one call of the kernel takes.</summary>
        /// <param name="block">Inputs of the block.</param>
        public virtual int ChunkOf(int block)
        {
            return block == 8 ? 4 : block < LevelProducts.Widest ? block : LevelProducts.Widest;
        }

        /// <summary>
        /// Adds one chunk of inputs to the lanes: levels; or where x is not null, the whole numbers toward 0 from x * scale + offset.
        /// </summary>
        /// <param name="x">Null, or (width), in the user's units.</param>
        /// <param name="given">Null, or (width) bytes, the levels.</param>
        /// <param name="scale">Scale of the inputs, where x is not null.</param>
        /// <param name="offset">Offset of the inputs, likewise.</param>
        /// <param name="sums">(groups), three rows in each; is added to.</param>
        /// <param name="weights">(blocks * groups)(1 + width).</param>
        /// <param name="first">The block's first group.</param>
        /// <param name="groups">Groups of three rows.</param>
        /// <param name="width">Inputs of the chunk.</param>
        /// <returns>False, and the lanes are untouched, if an input is not within the levels.</returns>
        protected virtual bool Run(
            float[] x, byte[] given, float scale, float offset, long[] sums, long[][] weights, int first, int groups, int width)
        {
            return LevelProducts.Run(x, given, scale, offset, sums, weights, first, groups, width);
        }

        /// <summary>One sample through the layer: x in the user's units, or where that is null levels.</summary>
        private void Run(float[] x, byte[] given)
        {
            int groups = (Rows + 2) / 3;
            long[] work = Digits;
            Array.Clear(work, 0, groups);
            if (x != null && scratch == null)
            {
                // One chunk, read where it is: the quick way.
                if (!Run(x, null, Scaling[0], Scaling[1], work, Weights, 0, groups, Inputs))
                {
                    RunChunk(x, 0, Inputs, Inputs, work, 0, groups);
                }
            }
            else
            {
                RunBlocks(x, given, work, groups);
            }

            if (Emptied == 0)
            {
                if (Table == null && Scales == null)
                {
                    Rectify(work, groups);
                    return;
                }

                Array.Clear(Sums, 0, Sums.Length);
            }

            Empty(work, Sums, groups);
            Finish();
        }

        private void RunBlocks(float[] x, byte[] given, long[] work, int groups)
        {
            int inputs = Inputs;
            int mask = Emptied;
            if (mask != 0)
            {
                Array.Clear(Sums, 0, Sums.Length);
            }

            int first = 0;
            int at = 0;
            do
            {
                int block = Int8Blocks.OfLevels(inputs - at);

                // There is room for the widest chunk. Only a block that is smaller has to be asked for.
                int chunk = block < levels.Length ? ChunkOf(block) : levels.Length;
                block += at;
                do
                {
                    int left = inputs - at < chunk ? inputs - at : chunk;
                    if (x == null)
                    {
                        byte[] part = given;
                        if (chunk != inputs)
                        {
                            part = levels;
                            Array.Copy(given, at, part, 0, left);
                        }

                        Run(null, part, 0f, 0f, work, Weights, first, groups, chunk);
                    }
                    else
                    {
                        RunChunk(x, at, left, chunk, work, first, groups);
                    }

                    at += chunk;
                    first += groups;
                }
                while (at != block);

                if ((mask & 1) != 0 && at < inputs)
                {
                    Empty(work, Sums, groups);
                }

                mask >>= 1;
            }
            while (at < inputs);
        }

        private void RunChunk(float[] x, int at, int count, int width, long[] work, int first, int groups)
        {
            float scale = 1f;
            float offset = 0f;
            float[] chunk = x;
            if (Scaling.Length != 2)
            {
                chunk = scratch;
                for (int i = 0; i < count; i++)
                {
                    int k = at + i;
                    chunk[i] = x[k] * Scaling[2 * k] + Scaling[2 * k + 1];
                }
            }
            else
            {
                scale = Scaling[0];
                offset = Scaling[1];
                if (scratch != null)
                {
                    chunk = scratch;
                    Array.Copy(x, at, chunk, 0, count);
                }
            }

            // Idle places weigh nothing, but must be of some level.
            for (int i = count; i < width; i++)
            {
                chunk[i] = chunk[0];
            }

            if (!Run(chunk, null, scale, offset, work, Weights, first, groups, width))
            {
                for (int i = 0; i < width; i++)
                {
                    levels[i] = Level(chunk[i] * scale + offset, at + i);
                }

                Run(null, levels, 0f, 0f, work, Weights, first, groups, width);
            }
        }

        /// <summary>The level of an input that may be outside the range of calibration: held within it.</summary>
        /// <remarks>
        /// Infinities too. Arm's libraries convert plus infinity, and floats of 2^64 and more, to -1, which the kernel's check takes
        /// for the highest level, other boards to something that brings them here: the answer has to be the same.
        /// </remarks>
        private static byte Level(float number, int input)
        {
            if (-1f <= number)
            {
                return Levels - 1;
            }

            if (number <= -Levels)
            {
                return 0;
            }

            if (!(number < -1f))
            {
                throw Guard.NotFinite("inputs", input);
            }

            return (byte)((int)number + Levels);
        }

        /// <summary>Adds the lanes to the sums, and begins them anew. Each lane holds 2^20 too much.</summary>
        private static void Empty(long[] lanes, int[] sums, int groups)
        {
            int group = groups;
            int row = 3 * groups;
            do
            {
                group--;
                long three = lanes[group];
                lanes[group] = 0L;
                row--;
                sums[row] += ((int)(three >> 43) & 0x1FFFFF) - LaneLimit;
                row--;
                sums[row] += ((int)(three >> 21) & 0x1FFFFF) - LaneLimit;
                row--;
                sums[row] += ((int)three & 0x1FFFFF) - LaneLimit;
            }
            while (group != 0);
        }

        /// <summary>ReLU, shift and saturation of all three lanes at once. In place, the lanes become digits.</summary>
        /// <remarks>
        /// Bit 20 of a lane says that its sum is not negative: those keep their low 20 bits, the others become 0. Adding 2^20 - 2^(7
        /// + shift) carries into bit 20 where the digit would be above 127: there all 7 bits are set. What a shift brings down from
        /// the lane above stands above the 7 bits that are kept, as long as the shift is at most 13.
        /// </remarks>
        private void Rectify(long[] lanes, int groups)
        {
            int shift = Shifts[0];
            long ones = Ones;
            long room = Ones * (LaneLimit - ((LargestDigit + 1) << shift));
            int i = groups;
            do
            {
                i--;
                long s = lanes[i];
                long m = (s >> 20) & ones;
                s &= (m << 20) - m;
                m = ((s + room) >> 20) & ones;
                lanes[i] = ((s >> shift) | ((m << 7) - m)) & Low7;
            }
            while (i != 0);
        }
    }
}
