using System;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.TestKind
{
    /// <summary>Teaches a layer that scales each channel: dx = dy s, ds = dy x.</summary>
    public sealed class ChannelScaleLearner : LayerLearner
    {
        private readonly ChannelScaleLayer layer;

        /// <summary>A learner of the layer.</summary>
        public ChannelScaleLearner(ChannelScaleLayer layer)
            : base(layer, layer.Weights.Length, layer.Weights.Length)
        {
            this.layer = layer;
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            if (measure && !(SumOfSquares(x, layer.Inputs) < Scaling.OrdinarySquares))
            {
                return false;
            }

            layer.Run(Outputs, x);
            return !check || SumOfSquares(Outputs, layer.Outputs) < Scaling.OrdinarySquares;
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            Array.Copy(gradient, Sums, layer.Outputs);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            layer.Run(room, Sums);
            float squares = SumOfSquares(room, layer.Inputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        public override float GradientSquares(float[] x)
        {
            float squares = 0f;
            for (int i = 0; i < layer.Inputs; i++)
            {
                float gradient = Sums[i] * x[i];
                squares += gradient * gradient;
            }

            return squares;
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            float[] weights = layer.Weights;
            for (int i = 0; i < layer.Inputs; i++)
            {
                weights[i] -= rate * Sums[i] * x[i];
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            for (int i = 0; i < layer.Inputs; i++)
            {
                layer.Weights[i] *= keep;
            }
        }
    }
}
