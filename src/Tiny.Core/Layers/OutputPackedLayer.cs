using System;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// The first int8 layer: it takes the user's inputs as levels from 0 to 255, and sums three rows in the three lanes of a long.
    /// </summary>
    /// <remarks>
    /// Lanes of 21, 22 and 21 bits begin with 2^20 and end, whatever they go through, with 2^20 + sum: arithmetic is exact modulo 2^64, so
    /// only the last value of a lane must fit. It does: with c = level - 128 a block's sum is at most sum |weight| * 128, plus the bias in
    /// the first block, and a blob in which that reaches 2^20 for any row and block is refused. Lanes carry on over as many blocks as stay
    /// below together for every row, and are then emptied.
    /// Block b of rows 3 g to 3 g + 2 is one array: what the lanes begin with, then the weights of each input in turn.
    /// </remarks>
    public sealed partial class OutputPackedLayer : PackedLayer
    {
        /// <summary>Levels an input has.</summary>
        public const int Levels = 256;

        /// <summary>The level that counts as 0.</summary>
        public const int MiddleLevel = 128;

        private const long Ones = 1L | 1L << 21 | 1L << 43;
        private const long Low7 = Ones * LargestDigit;

        private readonly float[] scratch; // (widest block), null where inputs are read where they are
        private readonly byte[] levels;   // (widest block)
        private readonly float[] scaling; // (2) or (2 inputs): scale and offset of all inputs, or of each
        internal int emptied;             // bit b: the lanes are emptied after block b; the last block's is not among them

        internal OutputPackedLayer(NetworkShape shape, int layer)
            : base(shape, layer, CountBlocks(shape.GetInputs(layer)) * ((shape.GetRows(layer) + 2) / 3))
        {
            int groups = Groups;
            int at = 0;
            int array = 0;
            int widest = 0;
            while (at < inputs)
            {
                int width = OutputPackedForward.WidthFor(inputs - at);
                for (int group = 0; group < groups; group++)
                {
                    weights[array++] = new long[1 + width];
                }

                widest = width > widest ? width : widest;
                at += width;
            }

            bool each = shape.InputForm == InputForm.LevelsEach;
            scaling = new float[each ? 2 * inputs : 2];
            levels = new byte[widest];
            scratch = NeedsScratch(inputs, each) ? new float[widest] : null;
        }

        /// <summary>How inputs become levels: x * scale + offset is the level less 256, cut towards 0.</summary>
        public InputForm InputForm
        {
            get { return scaling.Length == 2 ? InputForm.Levels : InputForm.LevelsEach; }
        }

        internal int Groups
        {
            get { return (rows + 2) / 3; }
        }

        /// <summary>The factor of an input.</summary>
        public float GetInputScale(int input)
        {
            CheckInput(input);
            return scaling[scaling.Length == 2 ? 0 : 2 * input];
        }

        /// <summary>What is added to an input that was multiplied by its factor.</summary>
        public float GetInputOffset(int input)
        {
            CheckInput(input);
            return scaling[scaling.Length == 2 ? 1 : 2 * input + 1];
        }

        internal static int CountBlocks(int inputs)
        {
            int blocks = 0;
            for (int at = 0; at < inputs; at += OutputPackedForward.WidthFor(inputs - at))
            {
                blocks++;
            }

            return blocks;
        }

        /// <summary>Whether inputs must be copied: each has a scale of its own, or there are several blocks or one with idle places.</summary>
        internal static bool NeedsScratch(int inputs, bool each)
        {
            return each || OutputPackedForward.WidthFor(inputs) != inputs;
        }

        /// <summary>One sample through the layer: to digits, or for the last int8 layer to sums as floats.</summary>
        /// <param name="x">(inputs) in the user's units, or null.</param>
        /// <param name="given">(inputs) levels, where x is null.</param>
        /// <param name="digits">(groups) receives the digits; works in either case.</param>
        /// <param name="sums">(3 groups), null where the layer does without.</param>
        /// <param name="z">(rows) receives the sums of the last int8 layer.</param>
        /// <exception cref="ArgumentException">An input is NaN.</exception>
        internal void Run(float[] x, byte[] given, long[] digits, int[] sums, float[] z)
        {
            int count = inputs;
            int groups = (rows + 2) / 3;
            Array.Clear(digits, 0, groups);
            if (x != null && scratch == null)
            {
                // One block, read where it is: the quick way.
                if (!OutputPackedForward.Run(x, null, scaling[0], scaling[1], digits, weights, 0, groups, count))
                {
                    ToLevels(x, count, scaling[0], scaling[1]);
                    OutputPackedForward.Run(null, levels, 0f, 0f, digits, weights, 0, groups, count);
                }
            }
            else
            {
                RunBlocks(x, given, digits, sums, groups);
            }

            if (emptied == 0)
            {
                if (table == null && scales == null)
                {
                    Rectify(digits, groups);
                    return;
                }

                Array.Clear(sums, 0, sums.Length);
            }

            Empty(digits, sums, groups);
            if (scales != null)
            {
                Scale(z, sums);
            }
            else
            {
                PackDigits(digits, sums);
            }
        }

        private void RunBlocks(float[] x, byte[] given, long[] digits, int[] sums, int groups)
        {
            int mask = emptied;
            if (mask != 0)
            {
                Array.Clear(sums, 0, sums.Length);
            }

            int first = 0;
            int at = 0;
            do
            {
                int left = inputs - at;
                int width = OutputPackedForward.WidthFor(left);
                if (left > width)
                {
                    left = width;
                }

                if (x == null)
                {
                    byte[] block = given;
                    if (width != inputs)
                    {
                        block = levels;
                        Array.Copy(given, at, block, 0, left);
                    }

                    OutputPackedForward.Run(null, block, 0f, 0f, digits, weights, first, groups, width);
                }
                else
                {
                    RunBlock(x, at, left, width, digits, first, groups);
                }

                at += width;
                first += groups;
                if ((mask & 1) != 0 && at < inputs)
                {
                    Empty(digits, sums, groups);
                }

                mask >>= 1;
            }
            while (at < inputs);
        }

        private void RunBlock(float[] x, int at, int count, int width, long[] digits, int first, int groups)
        {
            float scale = 1f;
            float offset = 0f;
            float[] block = x;
            if (scaling.Length != 2)
            {
                block = scratch;
                for (int i = 0; i < count; i++)
                {
                    int k = at + i;
                    block[i] = x[k] * scaling[2 * k] + scaling[2 * k + 1];
                }
            }
            else
            {
                scale = scaling[0];
                offset = scaling[1];
                if (scratch != null)
                {
                    block = scratch;
                    Array.Copy(x, at, block, 0, count);
                }
            }

            // Idle places weigh nothing, but must be of some level.
            for (int i = count; i < width; i++)
            {
                block[i] = block[0];
            }

            if (!OutputPackedForward.Run(block, null, scale, offset, digits, weights, first, groups, width))
            {
                ToLevels(block, width, scale, offset);
                OutputPackedForward.Run(null, levels, 0f, 0f, digits, weights, first, groups, width);
            }
        }

        /// <summary>The levels of a block in which some inputs are outside the range of calibration, or NaN.</summary>
        private void ToLevels(float[] block, int width, float scale, float offset)
        {
            for (int i = 0; i < width; i++)
            {
                levels[i] = Level(block[i] * scale + offset);
            }
        }

        /// <summary>The level of an input that may be outside the range of calibration: held within it.</summary>
        /// <remarks>
        /// Infinities too. Arm's libraries convert plus infinity, and floats of 2^64 and more, to -1, which the kernel's check takes for the
        /// highest level, other boards to something that brings them here: the answer has to be the same.
        /// </remarks>
        private static byte Level(float number)
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
                throw new ArgumentException("An input is not a number.", "inputs");
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
        /// Bit 20 of a lane says that its sum is not negative: those keep their low 20 bits, the others become 0. Adding 2^20 - 2^(7 + shift)
        /// carries into bit 20 where the digit would be above 127: there all 7 bits are set. What a shift brings down from the lane above
        /// stands above the 7 bits that are kept, as long as the shift is at most 13.
        /// </remarks>
        private void Rectify(long[] lanes, int groups)
        {
            int shift = shifts[0];
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
