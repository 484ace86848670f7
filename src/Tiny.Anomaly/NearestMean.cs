using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Anomaly
{
    /// <summary>
    /// Layers that give one value: how far the inputs are from the nearest of some means, as the mean over the inputs of (x - m)^2 p.
    /// Attributes: the number of means (2 bytes). Weights: the precisions p of the inputs, then the means, one after another.
    /// </summary>
    /// <seealso cref="AnomalyDetector"/>
    public sealed class NearestMean : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int NearestMeanCode = 32;

        /// <inheritdoc/>
        public override int Code
        {
            get { return NearestMeanCode; }
        }

        /// <summary>Makes the kind known: before a blob of a distance detector is loaded.</summary>
        public static void Register()
        {
            LayerKinds.Register(new NearestMean());
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            if (reader.AttributeBytes != 2)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, 2);
            }

            int means = reader.AttributeUInt16(0);
            if (means < 1)
            {
                return reader.FaultOfNode(BlobError.LayerWidthOutOfRange, means, 1);
            }

            reader.SetWeights(4L * reader.InputLength * (1 + means));
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            return error == BlobError.None ? reader.SetOutput(1, 1, 1, BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            BlobError error = reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
            return error == BlobError.None
                ? reader.CheckScales(reader.WeightsAt, reader.WeightsAt + 4 * reader.InputLength, 4, true) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NearestMeanLayer(reader.AttributeUInt16(0), reader.InputLength);
        }
    }
}
