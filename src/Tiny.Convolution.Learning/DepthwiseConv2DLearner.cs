using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>
    /// Teaches a depthwise convolution: place by place in their order, b -= g and w -= g x with g = rate * dz of the place and channel.
    /// </summary>
    /// <seealso cref="LearningKinds"/>
    public sealed class DepthwiseConv2DLearner : LayerLearner
    {
        private readonly DepthwiseConv2DLayer depthwise;
        private readonly float[] patch; // (taps * channels) a gradient

        /// <summary>A learner of the layer.</summary>
        public DepthwiseConv2DLearner(DepthwiseConv2DLayer layer)
            : base(layer, layer.Output.Length, layer.Output.Length)
        {
            depthwise = layer;
            patch = new float[layer.Patch.Length];
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            DepthwiseConv2DLayer layer = depthwise;
            if (measure && !(SumOfSquares(x, layer.Inputs) < Scaling.OrdinarySquares))
            {
                return false;
            }

            layer.Sums(Sums, x);
            Array.Copy(Sums, Outputs, layer.Outputs);
            if (layer.Activation != Activation.Linear)
            {
                ActivationFunction.Forward(Outputs, layer.Activation, layer.ActivationParameter, layer.Outputs);
            }

            return !check || ActivationGradient.IsBounded(layer.Activation)
                || SumOfSquares(Outputs, layer.Outputs) < Scaling.OrdinarySquares;
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            ActivationGradient.Run(Sums, Outputs, gradient, depthwise.Activation, depthwise.ActivationParameter, depthwise.Outputs);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            Window window = depthwise.Window;
            int channels = window.Channels;
            float[] weights = depthwise.Weights;
            int inputs = depthwise.Inputs;
            Array.Clear(room, 0, inputs);
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    for (int i = window.Taps * channels - 1; i >= 0; i--)
                    {
                        patch[i] = weights[i] * Sums[from + i % channels];
                    }

                    window.Scatter(patch, row, column, room);
                    from += channels;
                }
            }

            float squares = SumOfSquares(room, inputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        public override float GradientSquares(float[] x)
        {
            Window window = depthwise.Window;
            int channels = window.Channels;
            Array.Clear(patch, 0, window.Taps * channels);
            float squares = 0f;
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    window.Gather(x, row, column, depthwise.Patch);
                    for (int i = window.Taps * channels - 1; i >= 0; i--)
                    {
                        patch[i] += Sums[from + i % channels] * depthwise.Patch[i];
                    }

                    from += channels;
                }
            }

            for (int channel = 0; channel < channels; channel++)
            {
                float bias = 0f;
                for (int at = channel; at < depthwise.Outputs; at += channels)
                {
                    bias += Sums[at];
                }

                squares += bias * bias;
            }

            return squares + SumOfSquares(patch, window.Taps * channels);
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            Window window = depthwise.Window;
            int channels = window.Channels;
            float[] weights = depthwise.Weights;
            float[] values = depthwise.Patch;
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    window.Gather(x, row, column, values);
                    for (int channel = 0; channel < channels; channel++)
                    {
                        float step = rate * Sums[from + channel];
                        depthwise.Biases[channel] -= step;
                        for (int i = channel; i < window.Taps * channels; i += channels)
                        {
                            weights[i] -= step * values[i];
                        }
                    }

                    from += channels;
                }
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            float[] weights = depthwise.Weights;
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] *= keep;
            }
        }
    }
}
