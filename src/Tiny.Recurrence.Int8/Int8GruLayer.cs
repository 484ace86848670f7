using System;
using Tiny.Core.Blobs;
using Tiny.Recurrence.Int8.Kernels;

namespace Tiny.Recurrence.Int8
{
    /// <summary>Gated recurrent units with int8 weights: the three sums of a unit in the three lanes of a long.</summary>
    /// <remarks>
    /// A long has z at its top (bits 43 to 63, signed), r in the middle (22 bits, 2^21 added) and n at the bottom (21 bits, 2^20 added).
    /// One such long sums over the state, where the bottom is n for h, and another over the sample, where it is n for x; added up, z and r
    /// are whole and the bottom is the sum of both. Arithmetic is exact modulo 2^64, so only what lanes end with must fit, and a blob in
    /// which a unit's sums could reach 2^20 is refused. Digits come with 128 added, which what the sums begin with takes off.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8Gru"/>
    public sealed partial class Int8GruLayer : RecurrentLayer
    {
        private const int Low = 0x1FFFFF;
        private const int LowStart = 1 << 20;
        private const int Middle = 0x3FFFFF;
        private const int MiddleStart = 1 << 21;
        private const int MiddleAt = 21;
        private const int TopAt = 43;
        private const int DigitStart = LaneProducts.DigitStart;

        /// <summary>(channels) what a sample is multiplied with to become digits.</summary>
        public readonly float[] Scales;

        /// <summary>(6 units) what weights were multiplied with to stand in lanes.</summary>
        public readonly byte[] Factors;

        /// <summary>(blocks)(units)(1 + width) weights of the sample: what the sum begins with, then a long each.</summary>
        public readonly long[][][] SampleRows;

        /// <summary>(blocks)(units)(1 + width) weights of the state.</summary>
        public readonly long[][][] StateRows;

        /// <summary>Sums are in steps of 1 / (32 * 2^shift).</summary>
        public int Shift;

        private readonly GateTable table;
        private readonly short[] shares;
        private readonly long[] sample; // digits, with 128 added
        private readonly long[] digits; // of the state
        private readonly long[] sampleSums;
        private readonly long[] stateSums;
        private readonly bool isSmall; // a kernel takes whole steps

        /// <summary>So many units over so many channels.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public Int8GruLayer(int units, int channels)
            : base(units)
        {
            table = GateTable.Shared;
            shares = GateTable.Shares;
            Scales = new float[(channels + 1) & ~1];
            Factors = new byte[Int8Gru.Factors * units];
            SampleRows = LaneProducts.RowsFor(units, channels);
            StateRows = LaneProducts.RowsFor(units, units);
            sample = new long[LaneProducts.RoomFor(channels)];
            digits = new long[LaneProducts.RoomFor(units)];
            isSmall = channels == GruSteps.Channels && StateRows.Length == 1 && GruSteps.Has(digits.Length);
            sampleSums = isSmall ? null : new long[units];
            stateSums = isSmall ? null : new long[units];
            Clear();
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Int8Gru.Int8GruCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Units * (3 * (Channels + Units) + Int8Gru.Biases); }
        }

        /// <summary>True for a node of the same shape: the packing of the weights depends on it.</summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            return reader.AttributeUInt16(0) == Units && reader.Dimension(reader.Input, 2) == Channels;
        }

        /// <inheritdoc/>
        public override int Reset()
        {
            base.Reset();
            for (int i = 0; i < digits.Length; i++)
            {
                digits[i] = DigitStart;
            }

            return KeepsState ? 0 : -1;
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">The sample is not a number.</exception>
        public override void Advance(float[] x, int at)
        {
            int units = Units;
            LaneProducts.Digitize(x, at, Channels, Scales, sample);
            if (isSmall)
            {
                GruSteps.Run(sample, digits, SampleRows[0], StateRows[0], State, units, Shift, table.Gates, shares, digits.Length);
                return;
            }

            LaneProducts.Run(sample, SampleRows, units, sampleSums);
            LaneProducts.Run(digits, StateRows, units, stateSums);
            Mix(State, stateSums, sampleSums, digits, units, Shift, table.Gates, shares);
        }

        /// <summary>Gates, the next state and its digits, in one loop: a call costs the device as much as a gate.</summary>
        private static void Mix(
            float[] h, long[] ofState, long[] ofSample, long[] digits, int units, int shift, float[] gates, short[] shares)
        {
            // In the order of use: the first four locals are the cheapest.
            int step;
            int j = units;
            long lanes;
            int low;
            float n;
            int top = TopAt + shift;
            int twice = shift - 1;
            do
            {
                j--;
                lanes = ofState[j];
                low = (int)lanes & Low;
                lanes += ofSample[j];
                step = ((((int)(lanes >> MiddleAt) & Middle) - MiddleStart) >> shift) + GateTable.Steps / 2;
                if ((step & ~(GateTable.Steps - 1)) != 0)
                {
                    step = step < 0 ? 0 : GateTable.Steps - 1;
                }

                step = ((((int)lanes & Low) - low + (((low - LowStart) * shares[step]) >> GateTable.ShareBits)) >> twice)
                    + GateTable.Steps / 2;
                if ((step & ~(GateTable.Steps - 1)) != 0)
                {
                    step = step < 0 ? 0 : GateTable.Steps - 1;
                }

                n = 2f * gates[step] - 1f;
                step = (int)(lanes >> top) + GateTable.Steps / 2;
                if ((step & ~(GateTable.Steps - 1)) != 0)
                {
                    step = step < 0 ? 0 : GateTable.Steps - 1;
                }

                n += (h[j] - n) * gates[step];
                h[j] = n;
                digits[j] = (int)(n * Int8Gru.LargestDigit + (DigitStart + 0.5f));
            }
            while (j != 0);
        }

        /// <inheritdoc/>
        protected override void Shape(int units, int channels)
        {
        }
    }
}
