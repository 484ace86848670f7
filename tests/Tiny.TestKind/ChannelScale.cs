using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.TestKind
{
    /// <summary>Layers that multiply each value by a weight of its own: y[i] = x[i] s[i]. No attributes; weights s in order.</summary>
    public sealed class ChannelScale : LayerKind
    {
        /// <summary>The code of the kind, from those that are anybody's.</summary>
        public const int ChannelScaleCode = 64;

        /// <inheritdoc/>
        public override int Code
        {
            get { return ChannelScaleCode; }
        }

        /// <summary>Makes the kind known, how it learns and how it begins.</summary>
        public static void Register()
        {
            LayerKinds.Register(new ChannelScale());
            LearnerKinds.Register(new ChannelScaleLearning());
            Initializers.Register(new ChannelScaleInitializer());
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            if (reader.AttributeBytes != 0)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, 0);
            }

            reader.SetWeights(4L * reader.InputLength);
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            return error == BlobError.None ? reader.SetOutput(1, 1, reader.InputLength, BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new ChannelScaleLayer(reader.InputLength);
        }
    }
}
