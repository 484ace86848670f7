using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;

namespace Tiny.Sparse.Learning
{
    /// <summary>Teaches a sparse float32 layer. What was pruned stays 0: it is not there.</summary>
    /// <remarks>With g = rate * dz, a step is b -= g and w -= g x. The gradient on the inputs begins at 0 and adds w[u, i] dz[u], units ascending, of the weights that are there.</remarks>
    public class SparseLearner : LayerLearner
    {
        private readonly SparseLayer sparse;

        /// <summary>A learner of the layer.</summary>
        public SparseLearner(SparseLayer layer)
            : base(layer, layer.Biases.Length, layer.Biases.Length)
        {
            sparse = layer;
        }

        /// <inheritdoc/>
        public override bool IsRectified
        {
            get { return sparse.Activation == Activation.Relu; }
        }

        /// <inheritdoc/>
        public override bool Enter(float[] x, float[] sample, Scaling scaling, bool check)
        {
            sparse.Normalize(x, sample, scaling);
            return Forward(x, false, check);
        }

        /// <inheritdoc/>
        public override bool Forward(float[] x, bool measure, bool check)
        {
            SparseLayer layer = sparse;
            if (measure && !(SumOfSquares(x, layer.Inputs) < Scaling.OrdinarySquares))
            {
                return false;
            }

            Activation function = layer.Activation;
            if (function == Activation.Relu)
            {
                layer.Sums(Outputs, x);
                return true;
            }

            float[] a = Outputs;
            int rows = layer.Rows;
            layer.Sums(Sums, x);
            Array.Copy(Sums, a, rows);
            if (function != Activation.Linear)
            {
                ActivationFunction.Forward(a, function, layer.ActivationParameter, rows);
            }

            return !check || ActivationGradient.IsBounded(function) || SumOfSquares(a, rows) < Scaling.OrdinarySquares;
        }

        /// <inheritdoc/>
        public override void TakeGradient(float[] gradient)
        {
            SparseLayer layer = sparse;
            ActivationGradient.Run(Sums, Outputs, gradient, layer.Activation, layer.ActivationParameter, layer.Rows);
        }

        /// <inheritdoc/>
        public override float PassBack(LayerLearner below, float[] room)
        {
            SparseLayer layer = sparse;
            Array.Clear(room, 0, layer.Inputs);
            float[][] weights = layer.Weights;
            ushort[][] inputs = layer.Index.Inputs;
            int run = 0;
            for (int row = 0; row < layer.Rows; row++)
            {
                float gradient = Sums[row];
                int length;
                do
                {
                    float[] w = weights[run];
                    ushort[] k = inputs[run++];
                    length = w.Length;
                    for (int i = SparseRows.CountOf(length) - 1; i >= 0 && gradient != 0f; i--)
                    {
                        room[k[i]] += w[i] * gradient;
                    }
                }
                while (length == SparseRows.Width);
            }

            float squares = SumOfSquares(room, layer.Inputs);
            below.TakeGradient(room);
            return squares;
        }

        /// <inheritdoc/>
        public override float GradientSquares(float[] x)
        {
            SparseLayer layer = sparse;
            ushort[][] inputs = layer.Index.Inputs;
            float squares = 0f;
            int run = 0;
            for (int row = 0; row < layer.Rows; row++)
            {
                float sum = 1f;
                int length;
                do
                {
                    ushort[] k = inputs[run++];
                    length = k.Length;
                    for (int i = SparseRows.CountOf(length) - 1; i >= 0; i--)
                    {
                        float value = x[k[i]];
                        sum += value * value;
                    }
                }
                while (length == SparseRows.Width);
                squares += Sums[row] * Sums[row] * sum;
            }

            return squares;
        }

        /// <inheritdoc/>
        public override void Step(float[] x, float rate)
        {
            SparseLayer layer = sparse;
            float[][] weights = layer.Weights;
            ushort[][] inputs = layer.Index.Inputs;
            float[] biases = layer.Biases;
            int run = 0;
            for (int row = 0; row < layer.Rows; row++)
            {
                float g = rate * Sums[row];
                biases[row] -= g;
                int length;
                do
                {
                    float[] w = weights[run];
                    ushort[] k = inputs[run++];
                    length = w.Length;
                    for (int i = SparseRows.CountOf(length) - 1; i >= 0 && g != 0f; i--)
                    {
                        w[i] -= g * x[k[i]];
                    }
                }
                while (length == SparseRows.Width);
            }
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            float[][] weights = sparse.Weights;
            for (int run = 0; run < weights.Length; run++)
            {
                float[] w = weights[run];
                for (int i = 0; i < w.Length; i++)
                {
                    w[i] *= keep;
                }
            }
        }
    }
}
