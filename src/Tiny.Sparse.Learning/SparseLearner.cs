using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;

namespace Tiny.Sparse.Learning
{
    /// <summary>Teaches a sparse float32 layer. What was pruned stays 0: it is not there.</summary>
    /// <remarks>
    /// With g = rate * dz, a step is b -= g and w -= g x. The gradient on the inputs begins at 0 and adds w[u, i] dz[u], units
    /// ascending, of the weights that are there. Where the weights have the normalization in them, it learns as if they had not: with n
    /// the normalized input, a weight goes down by g n scale, and the bias takes up what that moves the mean.
    /// </remarks>
    /// <seealso cref="SparseLearning"/>
    public class SparseLearner : LayerLearner
    {
        private readonly SparseLayer sparse;
        private Scaling normalization; // that the weights have in them; null where they have none

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
            normalization = sparse.Index.Raw != 0 ? scaling : null;
            sparse.Take(x, sample, scaling);
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
            Scaling scaling = normalization;
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
                        int input = k[i];
                        float value = scaling == null ? x[input] : (x[input] - scaling.InputMeans[input]) * scaling.InputScales[input];
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
            Scaling scaling = normalization;
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
                        int input = k[i];
                        float step = g * x[input];
                        if (scaling != null)
                        {
                            float mean = scaling.InputMeans[input];
                            float scale = scaling.InputScales[input];
                            step = g * ((x[input] - mean) * scale) * scale;
                            biases[row] += step * mean;
                        }

                        w[i] -= step;
                    }
                }
                while (length == SparseRows.Width);
            }

            layer.Changed();
        }

        /// <inheritdoc/>
        public override void Decay(float keep)
        {
            float[][] weights = sparse.Weights;
            ushort[][] inputs = sparse.Index.Inputs;
            Scaling scaling = normalization;
            int row = 0;
            for (int run = 0; run < weights.Length; run++)
            {
                float[] w = weights[run];
                ushort[] k = inputs[run];
                for (int i = SparseRows.CountOf(w.Length) - 1; i >= 0; i--)
                {
                    if (scaling != null)
                    {
                        sparse.Biases[row] += (1f - keep) * (w[i] * scaling.InputMeans[k[i]]);
                    }

                    w[i] *= keep;
                }

                row += w.Length == SparseRows.Width ? 0 : 1;
            }

            sparse.Changed();
        }
    }
}
