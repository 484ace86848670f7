using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.TestKind
{
    /// <summary>How layers that scale each channel learn.</summary>
    public sealed class ChannelScaleLearning : LearnerKind
    {
        /// <inheritdoc/>
        public override int Code
        {
            get { return ChannelScale.ChannelScaleCode; }
        }

        /// <inheritdoc/>
        public override LayerLearner Create(Layer layer)
        {
            return new ChannelScaleLearner((ChannelScaleLayer)layer);
        }

        /// <summary>Weights 1: the layer begins as if it were not there.</summary>
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
