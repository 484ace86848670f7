using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Convolution.Learning
{
    /// <summary>Teaches a convolution.</summary>
    /// <remarks>
    /// It learns as the dense layer that it is at each place, place by place in their order: a step is b -= g and w -= g x with g = rate *
    /// dz of the place. The gradient on a value read is the sum of those of the windows over it, in the order of the windows.
    /// </remarks>
    /// <seealso cref="LearningKinds"/>
    public sealed class Conv2DLearner : LayerLearner
    {
        private readonly Conv2DLayer convolution;
        private readonly DenseLearner place; // of the filters, a place at a time
        private readonly float[] patch;      // (taps * channels) a gradient

        /// <summary>A learner of the layer.</summary>
        public Conv2DLearner(Conv2DLayer layer)
            : base(layer, layer.Output.Length, layer.Output.Length)
        {
            convolution = layer;
            place = (DenseLearner)LearnerKinds.Find(Dense.DenseCode).Create(layer.Filters);
            patch = new float[layer.Patch.Length];
        }

        /// <inheritdoc/>
        public override bool IsRectified
        {
            get { return convolution.Filters.Activation == Activation.Relu; }
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            Conv2DLayer layer = convolution;
            if (measure && !(SumOfSquares(x, layer.Inputs) < Scaling.OrdinarySquares))
            {
                return false;
            }

            Activation function = layer.Filters.Activation;
            if (function == Activation.Relu)
            {
                layer.Sums(Outputs, x);
                return true;
            }

            layer.Sums(Sums, x);
            Array.Copy(Sums, Outputs, layer.Outputs);
            if (function != Activation.Linear)
            {
                ActivationFunction.Forward(Outputs, function, layer.Filters.ActivationParameter, layer.Outputs);
            }

            return !check || ActivationGradient.IsBounded(function) || SumOfSquares(Outputs, layer.Outputs) < Scaling.OrdinarySquares;
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            DenseLayer filters = convolution.Filters;
            ActivationGradient.Run(Sums, Outputs, gradient, filters.Activation, filters.ActivationParameter, convolution.Outputs);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            Window window = convolution.Window;
            int inputs = convolution.Inputs;
            Array.Clear(room, 0, inputs);
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    if (Take(from))
                    {
                        place.GradientOnInputs(patch);
                        window.Scatter(patch, row, column, room);
                    }

                    from += convolution.Filters.Rows;
                }
            }

            float squares = SumOfSquares(room, inputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        /// <remarks>Filter by filter, so that it takes no memory of its own.</remarks>
        public override float GradientSquares(float[] x)
        {
            float squares = 0f;
            int rows = convolution.Filters.Rows;
            for (int filter = 0; filter < rows; filter++)
            {
                squares += FilterSquares(x, filter, rows);
            }

            return squares;
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            Conv2DLayer layer = convolution;
            Window window = layer.Window;
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    if (Take(from))
                    {
                        window.Gather(x, row, column, layer.Patch);
                        place.Step(layer.Patch, rate);
                    }

                    from += layer.Filters.Rows;
                }
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            place.Decay(keep);
        }

        /// <summary>Hands the gradient on a place's sums to the learner of a place.</summary>
        /// <returns>Whether any of it is not 0.</returns>
        private bool Take(int from)
        {
            float[] all = Sums;
            float[] sums = place.Sums;
            bool any = false;
            for (int i = convolution.Filters.Rows - 1; i >= 0; i--)
            {
                float value = all[from + i];
                sums[i] = value;
                any |= value != 0f;
            }

            return any;
        }

        private float FilterSquares(float[] x, int filter, int rows)
        {
            Conv2DLayer layer = convolution;
            Window window = layer.Window;
            int values = layer.Filters.Inputs;
            float bias = 0f;
            Array.Clear(patch, 0, values);
            int from = filter;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    float gradient = Sums[from];
                    if (gradient != 0f)
                    {
                        bias += gradient;
                        window.Gather(x, row, column, layer.Patch);
                        for (int i = 0; i < values; i++)
                        {
                            patch[i] += gradient * layer.Patch[i];
                        }
                    }

                    from += rows;
                }
            }

            return bias * bias + SumOfSquares(patch, values);
        }
    }
}
