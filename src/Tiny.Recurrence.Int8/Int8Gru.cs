using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence.Int8
{
    /// <summary>
    /// Gated recurrent units with int8 weights, in the form of <see cref="Gru"/>: whole-number sums, gates by table, a
    /// state in float32. It takes and gives floats, so it stands wherever its float32 twin does. Attributes as every
    /// recurrent kind. A sum is bias + sum of weight * factor * digit, in steps of 1 / (32 * 2^shift); a digit of the
    /// state is h * 127 rounded, one of a sample x * scale rounded, held within 127.
    /// </summary>
    /// <remarks>
    /// Weights: (channels) float32 scales, above 0; the shift, a byte from 1 to 15, and three of 0; for each unit four int32 biases: of z,
    /// r, n for x, n for h; for each unit six bytes of factors, from 1: of z for x and h, of r for x and h, of n for x, of n for h, padded;
    /// for each unit int8 weights: z (channels, states), r (channels, states), n (channels), n (states), padded.
    /// </remarks>
    /// <example>
    /// <code>
    /// Int8Gru.Register();                                        // once, before a model with int8 gated recurrent units is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Int8Gru : RecurrentKind
    {
        /// <summary>The code of the kind.</summary>
        public const int Int8GruCode = 26;

        /// <summary>The largest digit, of a state of 1 or of a sample.</summary>
        public const int LargestDigit = 127;

        /// <summary>What a sum must stay below, either way.</summary>
        public const int SumLimit = 1 << 20;

        /// <summary>The largest shift.</summary>
        public const int LargestShift = 15;

        /// <summary>Biases of a unit.</summary>
        public const int Biases = 4;

        /// <summary>Factors of a unit.</summary>
        public const int Factors = 6;

        /// <inheritdoc/>
        public override int Code
        {
            get { return Int8GruCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Int8Gru());
        }

        /// <summary>Where the biases stand, behind the first byte of the weights.</summary>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int BiasesAt(int channels)
        {
            return 4 * channels + 4;
        }

        /// <summary>Where the factors stand.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        public static int FactorsAt(int units, int channels)
        {
            return BiasesAt(channels) + 4 * Biases * units;
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
            int shiftAt = begin + 4 * channels;
            int factorsAt = begin + FactorsAt(units, channels);
            int weightsAt = begin + WeightsAt(units, channels);
            BlobError error = reader.CheckFinite(begin, shiftAt);
            if (error == BlobError.None)
            {
                error = reader.CheckScales(begin, shiftAt, 4, false);
            }

            if (error == BlobError.None)
            {
                error = CheckShift(reader, shiftAt, factorsAt + Factors * units, weightsAt);
            }

            for (int unit = 0; unit < units && error == BlobError.None; unit++)
            {
                error = CheckUnit(reader, unit, channels, units, begin);
            }

            return error == BlobError.None
                ? reader.CheckPadding(weightsAt + 3 * units * (channels + units), begin + reader.WeightBytes) : error;
        }

        /// <summary>The shift, the zeros behind it, and those behind the factors.</summary>
        internal static BlobError CheckShift(BlobReader reader, int shiftAt, int factorsEnd, int weightsAt)
        {
            int shift = reader.ByteAt(shiftAt);
            BlobError error = shift < 1 || shift > LargestShift
                ? reader.Fault(BlobError.ShiftOutOfRange, shiftAt, shift, LargestShift) : reader.CheckPadding(shiftAt + 1, shiftAt + 4);
            return error == BlobError.None ? reader.CheckPadding(factorsEnd, weightsAt) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            GateTable.PrepareShares();
            return new Int8GruLayer(reader.AttributeUInt16(0), reader.Dimension(reader.Input, 2));
        }

        /// <inheritdoc/>
        protected override long WeightBytes(int units, int channels)
        {
            return 4L * channels + 4 + 4L * Biases * units + ((long)Factors * units + 3 & ~3L)
                + (3L * units * (channels + units) + 3 & ~3L);
        }

        /// <summary>
        /// The largest that the sums of a unit can come to is below 2^20: of z, of r, and of n for x
        /// and h together, which share a lane. Every factor is at least 1.
        /// </summary>
        private static BlobError CheckUnit(BlobReader reader, int unit, int channels, int units, int begin)
        {
            int biasAt = begin + BiasesAt(channels) + 4 * Biases * unit;
            int factorAt = begin + FactorsAt(units, channels) + Factors * unit;
            int at = begin + WeightsAt(units, channels) + 3 * unit * (channels + units);
            long sum = 0;
            for (int part = 0; part < Factors; part++)
            {
                int factor = reader.ByteAt(factorAt + part);
                if (factor == 0)
                {
                    return reader.Fault(BlobError.ScaleOutOfRange, factorAt + part, 0, 1);
                }

                // z and r have one bias for both of their parts, n one for each.
                bool begins = part == 0 || part == 2 || part == 4;
                sum = begins ? 0 : sum;
                if (begins || part == 5)
                {
                    int bias = reader.Int32At(biasAt);
                    sum += bias < 0 ? -(long)bias : bias;
                    biasAt += 4;
                }

                int count = part == 4 || (part < 4 && (part & 1) == 0) ? channels : units;
                long magnitudes = Magnitudes(reader, at, count);
                at += count;
                sum += factor * LargestDigit * magnitudes;
                if (magnitudes < 0 || sum >= SumLimit)
                {
                    return reader.Fault(BlobError.SumOutOfRange, at - 1, 0, SumLimit);
                }
            }

            return BlobError.None;
        }

        /// <summary>The sum of the magnitudes of so many weights; below 0 if one of them is -128, which has no place.</summary>
        internal static long Magnitudes(BlobReader reader, int at, int count)
        {
            byte[] bytes = reader.Bytes;
            int end = reader.Start + at + count;
            long sum = 0;
            for (int i = reader.Start + at; i < end; i++)
            {
                int weight = (sbyte)bytes[i];
                if (weight == -128)
                {
                    return -1;
                }

                sum += weight < 0 ? -weight : weight;
            }

            return sum;
        }
    }
}
