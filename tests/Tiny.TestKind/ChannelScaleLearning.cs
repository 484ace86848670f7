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
    }
}
