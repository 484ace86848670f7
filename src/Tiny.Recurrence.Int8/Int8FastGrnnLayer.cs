using System;
using Tiny.Core.Blobs;

namespace Tiny.Recurrence.Int8
{
    /// <summary>
    /// FastGRNN units with int8 weights: the sums of three units in the lanes of a long, one multiplication for each three weights.
    /// </summary>
    /// <remarks>
    /// Lanes begin at bits 0, 21 and 42 with 2^20 + bias, and take weight times digit. Arithmetic is exact
    /// modulo 2^64, so only what lanes end with must fit, and a blob in which a sum could reach 2^20 is
    /// refused. Digits come with 128 added, which what the sums begin with takes off.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8FastGrnn"/>
    public sealed partial class Int8FastGrnnLayer : RecurrentLayer
    {
        private const int Lanes = 3;
        private const int LaneBits = 21;
        private const int Lane = (1 << LaneBits) - 1;
        private const int LaneStart = 1 << 20;
        private const long Starts = LaneStart * (1L | 1L << LaneBits | 1L << 2 * LaneBits);

        /// <summary>(channels + units) what values of a sample and of the state are multiplied with to become digits.</summary>
        public readonly float[] Scales;

        /// <summary>(2 units) what weights were multiplied with to stand in lanes: of sample and state.</summary>
        public readonly byte[] Factors;

        /// <summary>(units) c, in steps of the sums.</summary>
        public readonly int[] Offsets;

        /// <summary>
        /// (blocks)(groups of three units)(1 + width) weights of sample and state: what the sum begins with, then a long each.
        /// </summary>
        public readonly long[][][] Rows;

        /// <summary>Sums are in steps of 1 / (32 * 2^shift).</summary>
        public int Shift;

        /// <summary>How much of the candidate comes in where the gate is 0.</summary>
        public float Zeta;

        /// <summary>How much of it always comes in.</summary>
        public float Nu;

        private readonly GateTable table;
        private readonly long[] digits; // of the sample and of the state behind it, with 128 added
        private readonly long[] sums;

        /// <summary>So many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public Int8FastGrnnLayer(int units, int channels)
            : base(units)
        {
            int groups = (units + Lanes - 1) / Lanes;
            table = GateTable.Shared;
            Scales = new float[channels + units];
            Factors = new byte[Int8FastGrnn.Factors * units];
            Offsets = new int[units];
            Rows = LaneProducts.RowsFor(groups, channels + units);
            digits = new long[LaneProducts.RoomFor(channels + units)];
            sums = new long[groups];
            Clear();
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Int8FastGrnn.Int8FastGrnnCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Units * (Channels + Units + 2) + 2; }
        }

        /// <summary>True for a node of the same shape: the packing of the weights depends on it.</summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            return reader.AttributeUInt16(0) == Offsets.Length && Offsets.Length + reader.Dimension(reader.Input, 2) == Scales.Length;
        }

        /// <inheritdoc/>
        public override int Reset()
        {
            for (int i = 0; i < digits.Length; i++)
            {
                digits[i] = LaneProducts.DigitStart;
            }

            return base.Reset();
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The sample is not a number.</exception>
        public override void Advance(float[] x, int at)
        {
            int channels = Channels;
            LaneProducts.Digitize(x, at, channels, Scales, digits);
            LaneProducts.Run(digits, Rows, sums.Length, sums);
            Mix(State, sums, digits, channels, channels + Units, table.Gates);
        }

        /// <summary>Gates, the next state and its digits, in one loop over units, three to a long.</summary>
        private void Mix(float[] h, long[] sums, long[] digits, int at, int end, float[] gates)
        {
            // In the order of use: the first four locals are the cheapest.
            int step;
            int sum;
            float n;
            long lanes;
            int j = 0;
            int shift = Shift;
            int twice = shift - 1;
            float zeta = Zeta;
            float most = zeta + Nu;
            int[] offsets = Offsets;
            float[] scales = Scales;
            int group = 0;
            do
            {
                lanes = sums[group];
                int last = end - at > Lanes ? at + Lanes : end;
                do
                {
                    sum = ((int)lanes & Lane) - LaneStart;
                    step = ((sum + offsets[j]) >> twice) + GateTable.Steps / 2;
                    if ((step & ~(GateTable.Steps - 1)) != 0)
                    {
                        step = step < 0 ? 0 : GateTable.Steps - 1;
                    }

                    n = 2f * gates[step] - 1f;
                    step = (sum >> shift) + GateTable.Steps / 2;
                    if ((step & ~(GateTable.Steps - 1)) != 0)
                    {
                        step = step < 0 ? 0 : GateTable.Steps - 1;
                    }

                    n = most * n + (h[j] - zeta * n) * gates[step];
                    h[j] = n;

                    // The table's largest gate and scales of at most 2^17 hold this within an int.
                    step = (int)(n * scales[at] + (LaneProducts.DigitStart + 0.5f));
                    digits[at] = (step & ~255) == 0 ? step : step < 0 ? 0 : 255;
                    lanes >>= LaneBits;
                    j++;
                    at++;
                }
                while (at != last);
                group++;
            }
            while (at != end);
        }

        /// <inheritdoc/>
        protected override void Shape(int units, int channels)
        {
        }
    }
}
