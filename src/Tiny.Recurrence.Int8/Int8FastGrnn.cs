using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence.Int8
{
    /// <summary>
    /// FastGRNN units with int8 weights, in the form of <see cref="FastGrnn"/>: whole-number sums, gates by table, a
    /// state in float32. It takes and gives floats, so it stands wherever its float32 twin does. Attributes as every
    /// recurrent kind. A sum is bias + sum of weight * factor * digit, in steps of 1 / (32 * 2^shift); a digit is a value
    /// * scale rounded, of a sample held within 127, of a state from -128 to 127.
    /// </summary>
    /// <remarks>
    /// Weights: (channels) float32 scales above 0, (units) of the states, each at most <see cref="LargestStateScale"/>; zeta and nu,
    /// float32 from 0 to 1; the shift, a byte from 1 to 15, and three of 0; for each unit two int32, bias and c; for each unit two bytes of
    /// factors, from 1, for sample and state, padded; for each unit int8 weights (channels, states), padded.
    /// </remarks>
    /// <example>
    /// <code>
    /// Int8FastGrnn.Register();                                   // once, before a model with int8 FastGRNN units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Int8FastGrnn : RecurrentKind
    {
        /// <summary>The code of the kind.</summary>
        public const int Int8FastGrnnCode = 27;

        /// <summary>The largest scale of a state, which is never beyond 4,096: so digits are ints before they are held.</summary>
        public const int LargestStateScale = 1 << 17;

        /// <summary>Bytes that a unit has of biases.</summary>
        public const int BiasBytes = 8;

        /// <summary>Factors of a unit.</summary>
        public const int Factors = 2;

        private const int LargestMagnitude = 128; // of a digit

        /// <inheritdoc/>
        public override int Code
        {
            get { return Int8FastGrnnCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Int8FastGrnn());
        }

        /// <summary>Where zeta, nu and the shift stand, behind the first byte of the weights.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int SharesAt(int units, int channels)
        {
            return 4 * (channels + units);
        }

        /// <summary>Where the biases stand.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int BiasesAt(int units, int channels)
        {
            return SharesAt(units, channels) + 12;
        }

        /// <summary>Where the factors stand.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int FactorsAt(int units, int channels)
        {
            return BiasesAt(units, channels) + BiasBytes * units;
        }

        /// <summary>Where the int8 weights stand.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int WeightsAt(int units, int channels)
        {
            return FactorsAt(units, channels) + BlobFormat.Align(Factors * units);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            int units = reader.AttributeUInt16(0);
            int channels = reader.Dimension(reader.Input, 2);
            int begin = reader.WeightsAt;
            int sharesAt = begin + SharesAt(units, channels);
            int shiftAt = sharesAt + 8;
            int factorsAt = begin + FactorsAt(units, channels);
            int weightsAt = begin + WeightsAt(units, channels);
            BlobError error = reader.CheckFinite(begin, shiftAt);
            if (error == BlobError.None)
            {
                error = reader.CheckScales(begin, sharesAt, 4, false);
            }

            for (int at = begin + 4 * channels; at < shiftAt && error == BlobError.None; at += 4)
            {
                float value = reader.FloatAt(at);
                if (at < sharesAt ? LargestStateScale < value : !FastGrnnLayer.IsShare(value))
                {
                    error = reader.Fault(BlobError.ScaleOutOfRange, at, 0, 1);
                }
            }

            if (error == BlobError.None)
            {
                error = Int8Gru.CheckShift(reader, shiftAt, factorsAt + Factors * units, weightsAt);
            }

            for (int unit = 0; unit < units && error == BlobError.None; unit++)
            {
                error = CheckUnit(reader, unit, channels, units, begin);
            }

            return error == BlobError.None
                ? reader.CheckPadding(weightsAt + units * (channels + units), begin + reader.WeightBytes) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            GateTable.Prepare();
            return new Int8FastGrnnLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }

        /// <inheritdoc/>
        protected override long WeightBytes(int units, int channels)
        {
            return 4L * (channels + units) + 12 + (long)BiasBytes * units + ((long)Factors * units + 3 & ~3L)
                + ((long)units * (channels + units) + 3 & ~3L);
        }

        /// <summary>The largest that the sum of a unit can come to is below 2^20, and so is c. Every factor is at least 1.</summary>
        private static BlobError CheckUnit(BlobReader reader, int unit, int channels, int units, int begin)
        {
            int biasAt = begin + BiasesAt(units, channels) + BiasBytes * unit;
            int factorAt = begin + FactorsAt(units, channels) + Factors * unit;
            int at = begin + WeightsAt(units, channels) + unit * (channels + units);
            int bias = reader.Int32At(biasAt);
            int offset = reader.Int32At(biasAt + 4);
            long sum = bias < 0 ? -(long)bias : bias;
            for (int part = 0; part < Factors; part++)
            {
                int factor = reader.ByteAt(factorAt + part);
                if (factor == 0)
                {
                    return reader.Fault(BlobError.ScaleOutOfRange, factorAt + part, 0, 1);
                }

                int count = part == 0 ? channels : units;
                long magnitudes = Int8Gru.Magnitudes(reader, at, count);
                at += count;
                sum += factor * LargestMagnitude * magnitudes;
                if (magnitudes < 0 || sum >= Int8Gru.SumLimit)
                {
                    return reader.Fault(BlobError.SumOutOfRange, at - 1, 0, Int8Gru.SumLimit);
                }
            }

            return offset > -Int8Gru.SumLimit && offset < Int8Gru.SumLimit
                ? BlobError.None : reader.Fault(BlobError.SumOutOfRange, biasAt + 4, offset, Int8Gru.SumLimit);
        }
    }
}
