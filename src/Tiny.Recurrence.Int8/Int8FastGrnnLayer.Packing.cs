using System;
using Tiny.Core.Blobs;

namespace Tiny.Recurrence.Int8
{
    // From the plain int8 of a blob to lanes.
    public sealed partial class Int8FastGrnnLayer
    {
        /// <summary>The bias of a unit.</summary>
        /// <param name="unit">From 0 to units - 1.</param>
        public int BiasOf(int unit)
        {
            int group = unit / Lanes;
            long lanes = Rows[0][group][0] - Starts;
            for (int i = 0; i < Scales.Length; i++)
            {
                lanes += LaneProducts.DigitStart * Rows[i / LaneProducts.Widest][group][1 + i % LaneProducts.Widest];
            }

            return LaneOf(lanes, unit % Lanes);
        }

        /// <summary>A weight of a unit as the blob has it, of a channel, or behind them of a state.</summary>
        /// <param name="unit">From 0 to units - 1.</param>
        /// <param name="input">A channel, or behind them a state, from 0.</param>
        /// <returns>From -127 to 127.</returns>
        public int WeightOf(int unit, int input)
        {
            return LaneOf(Rows[input / LaneProducts.Widest][unit / Lanes][1 + input % LaneProducts.Widest], unit % Lanes)
                / FactorOf(unit, input);
        }

        /// <summary>What a weight was multiplied with to stand in its lane.</summary>
        /// <param name="unit">From 0 to units - 1.</param>
        /// <param name="input">A channel, or behind them a state, from 0.</param>
        public int FactorOf(int unit, int input)
        {
            return Factors[Int8FastGrnn.Factors * unit + (input < Channels ? 0 : 1)];
        }

        /// <summary>What one in a lane is worth: of a bias (input -1), or of the weight of an input.</summary>
        /// <param name="input">-1, or a channel, or behind them a state.</param>
        public float StepOf(int input)
        {
            float step = 1f / (GateTable.StepsPerUnit << Shift);
            return input < 0 ? step : step * Scales[input];
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader)
        {
            int units = Units;
            int channels = Channels;
            int begin = reader.WeightsAt;
            int biasesAt = begin + Int8FastGrnn.BiasesAt(units, channels);
            for (int i = 0; i < Scales.Length; i++)
            {
                Scales[i] = reader.FloatAt(begin + 4 * i);
            }

            Zeta = reader.FloatAt(biasesAt - 12);
            Nu = reader.FloatAt(biasesAt - 8);
            Shift = reader.ByteAt(biasesAt - 4);
            Array.Copy(reader.Bytes, reader.Start + begin + Int8FastGrnn.FactorsAt(units, channels), Factors, 0, Factors.Length);
            for (int block = 0; block < Rows.Length; block++)
            {
                for (int group = 0; group < sums.Length; group++)
                {
                    Array.Clear(Rows[block][group], 0, Rows[block][group].Length);
                }
            }

            for (int unit = 0; unit < units; unit++)
            {
                Offsets[unit] = reader.Int32At(biasesAt + Int8FastGrnn.BiasBytes * unit + 4);
                Pack(reader, unit, reader.Int32At(biasesAt + Int8FastGrnn.BiasBytes * unit),
                    begin + Int8FastGrnn.WeightsAt(units, channels) + unit * Scales.Length);
            }
        }

        /// <summary>
        /// The weights of a unit into its lane, and what its sum begins with: it takes off the 128 that is added to each digit.
        /// </summary>
        private void Pack(BlobReader reader, int unit, int bias, int at)
        {
            int group = unit / Lanes;
            int place = LaneBits * (unit % Lanes);
            long start = LaneStart + bias;
            for (int i = 0; i < Scales.Length; i++)
            {
                long weight = (sbyte)reader.ByteAt(at + i) * FactorOf(unit, i);
                start -= LaneProducts.DigitStart * weight;
                Rows[i / LaneProducts.Widest][group][1 + i % LaneProducts.Widest] += weight << place;
            }

            Rows[0][group][0] += start << place;
        }

        /// <summary>A lane of three signed numbers that were added up.</summary>
        private static int LaneOf(long lanes, int lane)
        {
            int number = ((int)lanes << 11) >> 11;
            while (lane != 0)
            {
                lanes = (lanes - number) >> LaneBits;
                number = ((int)lanes << 11) >> 11;
                lane--;
            }

            return number;
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

            for (int group = 0; group < sums.Length; group++)
            {
                Rows[0][group][0] = Starts;
            }
        }
    }
}
