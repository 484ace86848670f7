using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Global average: of each channel the mean over all places, summed in their order and
    /// multiplied by one over their number. No attributes, no weights.
    /// </summary>
    /// <example>
    /// <code>
    /// GlobalAverage.Register();                                  // once, before a model with a global average is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class GlobalAverage : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int GlobalAverageCode = 8;

        /// <inheritdoc/>
        public override int Code
        {
            get { return GlobalAverageCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new GlobalAverage());
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && reader.AttributeBytes != 0)
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, 0);
            }

            return error == BlobError.None ? reader.SetOutput(1, 1, reader.Dimension(reader.Input, 2), BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return BlobError.None;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new GlobalAverageLayer();
        }
    }
}
