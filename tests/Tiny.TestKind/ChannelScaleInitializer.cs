using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.TestKind
{
    /// <summary>Layers that scale each channel begin with weights 1, as if they were not there.</summary>
    public sealed class ChannelScaleInitializer : LayerInitializer
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return ChannelScale.ChannelScaleCode; }
        }

        /// <inheritdoc/>
        public override void Draw(Layer layer, SeededRandom random)
        {
            float[] weights = ((ChannelScaleLayer)layer).Weights;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = 1f;
            }
        }
    }
}
