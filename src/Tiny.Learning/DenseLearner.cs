using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Learning.Kernels;

namespace Tiny.Learning
{
    /// <summary>Teaches a dense float32 layer.</summary>
    /// <remarks>
    /// With g = rate * dz, a step is b -= g and w -= g x. The gradient on the inputs is 0 + w[0, i] dz[0] + w[1, i] dz[1] + .., units ascending, and units whose gradient is 0 are
    /// passed over in pairs.
    /// </remarks>
    public class DenseLearner : LayerLearner
    {
        // Inputs are measured in runs of so many, whatever blocks a layer has, so that all kernels judge alike.
        private const int Measured = 40;

        private readonly DenseLayer layer;

        /// <summary>A learner of the layer.</summary>
        /// <exception cref="InvalidOperationException">Its blocks are wider than these kernels take.</exception>
        public DenseLearner(DenseLayer layer)
            : base(layer.RowCapacity, layer.RowCapacity)
        {
            this.layer = layer;
            if (WidthOf(layer.Weights) > WidestBlock)
            {
                throw new InvalidOperationException("The layer has wide kernels, which learn by Tiny.Learning.Wide: WideLearning.Register().");
            }
        }

        /// <inheritdoc/>
        public override Layer Layer
        {
            get { return layer; }
        }

        /// <inheritdoc/>
        public override bool IsRectified
        {
            get { return layer.Activation == Activation.Relu; }
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure)
        {
            if (measure)
            {
                int left = layer.Inputs;
                float squares = 0f;
                for (int i = 0; i < left; i++)
                {
                    float value = x[i];
                    squares = i % Measured == 0 ? value * value : squares + value * value;
                    if (!(squares < Scaling.OrdinarySquares))
                    {
                        return false;
                    }
                }
            }

            layer.Sums(layer.Activation == Activation.Relu ? Outputs : Sums, x);
            return Activate();
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            ActivationGradient.Run(Sums, Outputs, gradient, layer.Activation, layer.ActivationParameter, layer.Rows);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            int inputs = layer.Inputs;
            if (below.IsRectified && inputs <= WidthOf(layer.Weights))
            {
                if ((inputs & 1) != 0)
                {
                    below.Sums[inputs] = 0f;
                }

                return Back(below.Sums, below.Outputs, 0f, layer.Weights, End, inputs);
            }

            float squares = InputGradient(room, below.Outputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        /// <remarks>It is the outer product of the inputs, and 1 for the bias, and the gradient on the sums: its norm is the product of theirs.</remarks>
        public override float GradientSquares(float[] x)
        {
            return SumOfSquares(Sums, layer.Rows) * (1f + SumOfSquares(x, layer.Inputs));
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            float[][] weights = layer.Weights;
            int left = layer.Inputs;
            int width = WidthOf(weights);
            if (left <= width)
            {
                Update(x, layer.Biases, weights, End, left, rate);
                return;
            }

            float[] part = layer.Scratch;
            float[] biases = layer.Biases;
            int block = 0;
            int at = 0;
            while (left != 0)
            {
                width = WidthOf(weights) < left ? WidthOf(weights) : left;
                Array.Copy(x, at, part, 0, width);
                Update(part, biases, weights, End, width, rate);
                biases = null;
                at += width;
                left -= width;
                weights = left == 0 ? null : layer.Later[block++];
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            Decay(layer.Weights, keep);
            for (int block = 0; layer.Later != null && block < layer.Later.Length; block++)
            {
                Decay(layer.Later[block], keep);
            }
        }

        /// <summary>The most inputs of a block that the kernels take.</summary>
        protected virtual int WidestBlock
        {
            get { return DenseUpdates.Widest; }
        }

        /// <summary>Rows in use, made even.</summary>
        protected int End
        {
            get { return (layer.Rows + 1) & ~1; }
        }

        /// <summary>What is left to do on the sums of a sample, wherever the layer's kernel has left them.</summary>
        /// <returns>False if what the layer gives is not finite and of ordinary size.</returns>
        protected bool Activate()
        {
            // The outputs of ReLU tell where the gradient passes; its sums are not needed.
            if (layer.Activation == Activation.Relu)
            {
                return true;
            }

            float[] a = Outputs;
            Array.Copy(Sums, a, layer.Rows);
            layer.Activate(a);
            return Unchecked || LearningTraits.IsBounded(layer.Activation) || SumOfSquares(a, layer.Rows) < Scaling.OrdinarySquares;
        }

        /// <summary>The gradient on a block of inputs, 0 where an output below is not above the floor.</summary>
        /// <returns>The sum of its squares.</returns>
        protected virtual float Back(float[] dx, float[] outputs, float floor, float[][] weights, int end, int width)
        {
            return DenseInputGradients.Run(dx, Sums, outputs, floor, weights, end, width);
        }

        /// <summary>A step of the weights of a block of inputs, and of the biases where they are not null.</summary>
        protected virtual void Update(float[] x, float[] biases, float[][] weights, int end, int width, float rate)
        {
            DenseUpdates.Run(x, Sums, biases, weights, end, width, rate);
        }

        private float InputGradient(float[] dx, float[] x)
        {
            float[][] weights = layer.Weights;
            int left = layer.Inputs;
            int width = WidthOf(weights);
            if (left <= width)
            {
                return Back(dx, x, float.NegativeInfinity, weights, End, left);
            }

            float[] part = layer.Scratch;
            float squares = 0f;
            int block = 0;
            int at = 0;
            while (left != 0)
            {
                width = WidthOf(weights) < left ? WidthOf(weights) : left;
                squares += Back(part, x, float.NegativeInfinity, weights, End, width);
                Array.Copy(part, 0, dx, at, width);
                at += width;
                left -= width;
                weights = left == 0 ? null : layer.Later[block++];
            }

            return squares;
        }

        private static int WidthOf(float[][] block)
        {
            return block[0].Length >> 1;
        }

        private static void Decay(float[][] pairs, float keep)
        {
            for (int pair = 0; pair < pairs.Length; pair++)
            {
                float[] values = pairs[pair];
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] *= keep;
                }
            }
        }
    }
}
