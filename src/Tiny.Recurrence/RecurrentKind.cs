using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Recurrence
{
    /// <summary>
    /// Layers with a state, which go through the samples of a signal. Attributes: units (2 bytes), flags (1): 1 it gives
    /// the state after every sample, not only the last; 2 it keeps its state from one prediction to the next; 4, of kinds
    /// that have it, its gates are computed to the last digits and not read from the table.
    /// </summary>
    /// <seealso cref="Gru"/>
    public abstract class RecurrentKind : LayerKind
    {
        /// <summary>Where among the attributes the flags stand.</summary>
        public const int FlagsAt = 2;

        /// <summary>Flag: it gives the state after every sample.</summary>
        public const int GivesEvery = 1;

        /// <summary>Flag: it keeps its state from one prediction to the next.</summary>
        public const int KeepsState = 2;

        /// <summary>
        /// Flag: its gates are computed by exponentials, within 1e-6, where the table is within 9e-5; a step takes longer.
        /// </summary>
        public const int Exact = 4;

        /// <summary>Bytes of attributes.</summary>
        public const int Bytes = 3;

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None
                && (reader.AttributeBytes != Bytes || reader.AttributeUInt16(0) == 0 || reader.Attribute(FlagsAt) > MostFlags))
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, Bytes);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            int units = reader.AttributeUInt16(0);
            bool every = (reader.Attribute(FlagsAt) & GivesEvery) != 0;
            reader.SetWeights(WeightBytes(units, reader.Dimension(reader.Input, 2)));
            return reader.SetOutput(every ? reader.Dimension(reader.Input, 0) : 1, every ? reader.Dimension(reader.Input, 1) : 1, units,
                BlobFormat.Floats);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
        }

        /// <summary>All flags that the kind has.</summary>
        protected virtual int MostFlags
        {
            get { return GivesEvery | KeepsState; }
        }

        /// <summary>Bytes that the weights of so many units over so many channels take in a blob.</summary>
        /// <param name="units">Units, 1 or more.</param>
        /// <param name="channels">Channels of a sample, 1 or more.</param>
        protected abstract long WeightBytes(int units, int channels);
    }
}
