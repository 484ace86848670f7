using System;
using Tiny.Core.Blobs;

namespace Tiny.Recurrence.Int8
{
    // From the plain int8 of a blob to lanes.
    public sealed partial class Int8GruLayer
    {
        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader)
        {
            int begin = reader.WeightsAt;
            for (int i = 0; i < Channels; i++)
            {
                Scales[i] = reader.FloatAt(begin + 4 * i);
            }

            Shift = reader.ByteAt(begin + 4 * Channels);
            Array.Copy(reader.Bytes, reader.Start + begin + Int8Gru.FactorsAt(Units, Channels), Factors, 0, Factors.Length);
            for (int unit = 0; unit < Units; unit++)
            {
                ReadUnit(reader, unit, begin + Int8Gru.BiasesAt(Channels) + 4 * Int8Gru.Biases * unit,
                    begin + Int8Gru.WeightsAt(Units, Channels) + 3 * unit * (Channels + Units));
            }
        }

        /// <summary>A bias of a unit: 0 of z, 1 of r, 2 of n for x, 3 of n for h.</summary>
        /// <param name="unit">From 0 to units - 1.</param>
        /// <param name="bias">From 0 to 3.</param>
        public int BiasOf(int unit, int bias)
        {
            long[][][] rows = bias == 2 ? SampleRows : StateRows;
            int count = bias == 2 ? Channels : Units;
            long lanes = rows[0][unit][0] - (bias == 2 ? 0L : ((long)MiddleStart << MiddleAt) + LowStart);
            for (int i = 0; i < count; i++)
            {
                lanes += DigitStart * rows[i / LaneProducts.Widest][unit][1 + i % LaneProducts.Widest];
            }

            return LaneOf(lanes, bias < 2 ? bias : 2);
        }

        /// <summary>A weight of a unit as the blob has it.</summary>
        /// <param name="unit">The unit.</param>
        /// <param name="lane">0 z, 1 r, 2 n.</param>
        /// <param name="input">A channel, or behind them a state.</param>
        public int WeightOf(int unit, int lane, int input)
        {
            int at = input < Channels ? input : input - Channels;
            long[][][] rows = input < Channels ? SampleRows : StateRows;
            return LaneOf(rows[at / LaneProducts.Widest][unit][1 + at % LaneProducts.Widest], lane) / FactorOf(unit, lane, input);
        }

        /// <summary>What a weight was multiplied with to stand in its lane.</summary>
        /// <param name="unit">From 0 to units - 1.</param>
        /// <param name="lane">0 for z, 1 for r, 2 for n.</param>
        /// <param name="input">A channel, or behind them a state, from 0.</param>
        public int FactorOf(int unit, int lane, int input)
        {
            return Factors[Int8Gru.Factors * unit + 2 * lane + (input < Channels ? 0 : 1)];
        }

        /// <summary>What one in a lane is worth: of a bias (input -1), or of the weight of an input.</summary>
        /// <param name="input">-1, or a channel, or behind them a state.</param>
        public float StepOf(int input)
        {
            float step = 1f / (GateTable.StepsPerUnit << Shift);
            return input < 0 ? step : step * (input < Channels ? Scales[input] : Int8Gru.LargestDigit);
        }

        /// <summary>A lane of three signed numbers that were added up.</summary>
        private static int LaneOf(long lanes, int lane)
        {
            int low = ((int)lanes << 11) >> 11;
            if (lane == 2)
            {
                return low;
            }

            lanes = (lanes - low) >> MiddleAt;
            int middle = ((int)lanes << 10) >> 10;
            return lane == 1 ? middle : (int)((lanes - middle) >> (TopAt - MiddleAt));
        }

        /// <summary>A layer of a plan without weights is one that a blob can have.</summary>
        private void Clear()
        {
            Shift = 1;
            for (int i = 0; i < Scales.Length; i++)
            {
                Scales[i] = 1f;
            }

            for (int i = 0; i < Factors.Length; i++)
            {
                Factors[i] = 1;
            }

            for (int unit = 0; unit < StateRows[0].Length; unit++)
            {
                StateRows[0][unit][0] = ((long)MiddleStart << MiddleAt) + LowStart;
            }
        }

        private void ReadUnit(BlobReader reader, int unit, int biasesAt, int at)
        {
            int both = Channels + Units;
            int factor = Int8Gru.Factors * unit;
            long z = reader.Int32At(biasesAt);
            long r = reader.Int32At(biasesAt + 4) + MiddleStart;
            long n = reader.Int32At(biasesAt + 8);
            long m = reader.Int32At(biasesAt + 12) + LowStart;
            Pack(reader, SampleRows, unit, Channels, at, at + both, at + 2 * both, factor, factor + 2, factor + 4, n);
            Pack(reader, StateRows, unit, Units, at + Channels, at + both + Channels, at + 2 * both + Channels, factor + 1, factor + 3,
                factor + 5, (z << TopAt) + (r << MiddleAt) + m);
        }

        /// <summary>
        /// The weights of a unit for so many inputs, and what the sum begins with: it takes off the 128 that is added to each digit.
        /// </summary>
        private void Pack(BlobReader reader, long[][][] rows, int unit, int count, int topAt, int middleAt, int lowAt, int topFactor,
            int middleFactor, int lowFactor, long start)
        {
            for (int i = 0; i < count; i++)
            {
                long lanes = ((long)((sbyte)reader.ByteAt(topAt + i) * Factors[topFactor]) << TopAt)
                    + ((long)((sbyte)reader.ByteAt(middleAt + i) * Factors[middleFactor]) << MiddleAt)
                    + (sbyte)reader.ByteAt(lowAt + i) * Factors[lowFactor];
                start -= DigitStart * lanes;
                rows[i / LaneProducts.Widest][unit][1 + i % LaneProducts.Widest] = lanes;
            }

            rows[0][unit][0] = start;
        }
    }
}
