using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Learning.Kernels;

namespace Tiny.Learning
{
    /// <summary>Teaches a dense float32 layer.</summary>
    /// <remarks>
    /// With g = rate * dz, a step is b -= g and w -= g x. The gradient on the inputs is 0 + w[0, i] dz[0] + w[1, i]
    /// dz[1] + .., units ascending, and units whose gradient is 0 are passed over in pairs.
    /// </remarks>
    /// <seealso cref="SgdLearner"/>
    public class DenseLearner : LayerLearner
    {
        // Inputs are measured in runs of so many, whatever blocks a layer has, so that all kernels judge alike.
        private const int Measured = 40;

        private readonly DenseLayer dense;

        /// <summary>A learner of the layer.</summary>
        /// <exception cref="InvalidOperationException">Its blocks are wider than these kernels take.</exception>
        public DenseLearner(DenseLayer layer)
            : base(layer, layer.Biases.Length, layer.Biases.Length)
        {
            dense = layer;
            if (!Takes(layer))
            {
                throw new InvalidOperationException("Register WideLearning or NativeLearning.");
            }
        }

        /// <inheritdoc/>
        public override bool IsRectified
        {
            get { return dense.Activation == Activation.Relu; }
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            DenseLayer layer = dense;
            if (measure)
            {
                float squares = 0f;
                int run = 0;
                for (int i = 0; i < layer.Inputs; i++)
                {
                    float value = x[i];
                    squares += value * value;
                    if (++run == Measured || i + 1 == layer.Inputs)
                    {
                        if (!(squares < Scaling.OrdinarySquares))
                        {
                            return false;
                        }

                        squares = 0f;
                        run = 0;
                    }
                }
            }

            layer.Sums(layer.Activation == Activation.Relu ? Outputs : Sums, x);
            return Activate(layer, check);
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            DenseLayer layer = dense;
            ActivationGradient.Run(Sums, Outputs, gradient, layer.Activation, layer.ActivationParameter, layer.Rows);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            DenseLayer layer = dense;
            float[][] weights = layer.Weights;
            int inputs = layer.Inputs;
            int end = (layer.Rows + 1) & ~1;
            if (below.IsRectified && inputs <= weights[0].Length >> 1)
            {
                float[] dx = below.Sums;
                if ((inputs & 1) != 0)
                {
                    dx[inputs] = 0f;
                }

                return Back(dx, below.Outputs, 0f, weights, end, inputs);
            }

            float squares = InputGradient(room, below.Outputs, end);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// It is the outer product of the inputs, and 1 for the bias, and the gradient on the sums: its norm is the product of theirs.
        /// </remarks>
        public override float GradientSquares(float[] x)
        {
            return SumOfSquares(Sums, dense.Rows) * (1f + SumOfSquares(x, dense.Inputs));
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            DenseLayer layer = dense;
            float[][] weights = layer.Weights;
            float[] biases = layer.Biases;
            int end = (layer.Rows + 1) & ~1;
            int left = layer.Inputs;
            int width = weights[0].Length >> 1;
            if (left <= width)
            {
                Update(x, biases, weights, end, left, rate);
                return;
            }

            float[] part = layer.Scratch;
            int block = 0;
            int at = 0;
            while (true)
            {
                width = width < left ? width : left;
                Array.Copy(x, at, part, 0, width);
                Update(part, biases, weights, end, width, rate);
                left -= width;
                if (left == 0)
                {
                    return;
                }

                biases = null;
                at += width;
                weights = layer.Later[block++];
                width = weights[0].Length >> 1;
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            DenseLayer layer = dense;
            Decay(layer.Weights, keep);
            for (int block = 0; layer.Later != null && block < layer.Later.Length; block++)
            {
                Decay(layer.Later[block], keep);
            }
        }

        /// <summary>Whether the kernels take the layer's weights.</summary>
        protected virtual bool Takes(DenseLayer layer)
        {
            return layer.Weights != null && layer.Weights[0].Length >> 1 <= WidestBlock;
        }

        /// <summary>The most inputs of a block that the kernels take.</summary>
        protected virtual int WidestBlock
        {
            get { return DenseUpdates.Widest; }
        }

        /// <summary>What is left to do on the sums of a sample, wherever the layer's kernel has left them.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="check">Whether to see to it that what the layer gives is finite and of ordinary size.</param>
        /// <returns>False if it is not.</returns>
        protected bool Activate(DenseLayer layer, bool check)
        {
            // The outputs of ReLU tell where the gradient passes; its sums are not needed.
            Activation function = layer.Activation;
            if (function == Activation.Relu)
            {
                return true;
            }

            float[] a = Outputs;
            int rows = layer.Rows;
            Array.Copy(Sums, a, rows);
            if (function != Activation.Linear)
            {
                ActivationFunction.Forward(a, function, layer.ActivationParameter, rows);
            }

            return !check || ActivationGradient.IsBounded(function) || SumOfSquares(a, rows) < Scaling.OrdinarySquares;
        }

        /// <summary>The gradient on a block of inputs, 0 where an output below is not above the floor.</summary>
        /// <param name="dx">(width) or longer. Receives the gradient.</param>
        /// <param name="outputs">(width) or longer, what gave the inputs.</param>
        /// <param name="floor">Where an output is not above it, the gradient is 0.</param>
        /// <param name="weights">(pairs)(2 * width), the block.</param>
        /// <param name="end">Rows, made even.</param>
        /// <param name="width">Inputs of the block.</param>
        /// <returns>The sum of its squares.</returns>
        protected virtual float Back(float[] dx, float[] outputs, float floor, float[][] weights, int end, int width)
        {
            return DenseInputGradients.Run(dx, Sums, outputs, floor, weights, end, width);
        }

        /// <summary>A step of the weights of a block of inputs, and of the biases where they are not null.</summary>
        /// <param name="x">(width) or longer, the inputs.</param>
        /// <param name="biases">(rows, made even), or null.</param>
        /// <param name="weights">(pairs)(2 * width), the block.</param>
        /// <param name="end">Rows, made even.</param>
        /// <param name="width">Inputs of the block.</param>
        /// <param name="rate">The learning rate.</param>
        protected virtual void Update(float[] x, float[] biases, float[][] weights, int end, int width, float rate)
        {
            DenseUpdates.Run(x, Sums, biases, weights, end, width, rate);
        }

        /// <summary>
        /// The gradient on what the layer takes, from the one in <see cref="LayerLearner.Sums"/>: for
        /// layers that are a dense layer at each of many places.
        /// </summary>
        /// <param name="dx">(inputs) receives it.</param>
        public void GradientOnInputs(float[] dx)
        {
            InputGradient(dx, dx, (dense.Rows + 1) & ~1);
        }

        /// <summary>The gradient on the inputs x, whatever gave them, from that on the sums of so many rows, made even.</summary>
        /// <param name="dx">(inputs). Receives the gradient; may be x.</param>
        /// <param name="x">(inputs).</param>
        /// <param name="end">Rows, made even.</param>
        /// <returns>The sum of its squares.</returns>
        protected virtual float InputGradient(float[] dx, float[] x, int end)
        {
            float[][] weights = dense.Weights;
            int left = dense.Inputs;
            int width = weights[0].Length >> 1;
            if (left <= width)
            {
                return Back(dx, x, float.NegativeInfinity, weights, end, left);
            }

            float[] part = dense.Scratch;
            float squares = 0f;
            int block = 0;
            int at = 0;
            while (true)
            {
                width = width < left ? width : left;
                squares += Back(part, x, float.NegativeInfinity, weights, end, width);
                Array.Copy(part, 0, dx, at, width);
                left -= width;
                if (left == 0)
                {
                    return squares;
                }

                at += width;
                weights = dense.Later[block++];
                width = weights[0].Length >> 1;
            }
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
