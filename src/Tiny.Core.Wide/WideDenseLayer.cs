using System;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Wide.Kernels;

namespace Tiny.Core.Wide
{
    /// <summary>A dense float32 layer with blocks of up to 40 inputs; as the first layer it normalizes the sample on the way.</summary>
    /// <seealso cref="WideDense"/>
    public sealed class WideDenseLayer : DenseLayer
    {
        /// <summary>A layer with room for so many rows and inputs.</summary>
        /// <param name="rowCapacity">Rows of weights, 1 or more.</param>
        /// <param name="inputCapacity">Inputs, 1 or more.</param>
        public WideDenseLayer(int rowCapacity, int inputCapacity)
            : base(rowCapacity, inputCapacity)
        {
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            float[] z = Output;
            Activation function = Activation;
            if (Later != null || !WideDenseProducts.Run(
                sample, scaling.InputMeans, scaling.InputScales, z, Biases, Weights, (Rows + 1) & ~1, Inputs,
                function == Activation.Relu ? 0f : float.NegativeInfinity, true))
            {
                scaling.Normalize(Input, sample);
                Sums(z, Input);
            }

            if (function != Activation.Relu && function != Activation.Linear)
            {
                ActivationFunction.Forward(z, function, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            float[] z = Output;
            Activation function = Activation;
            if (Later == null)
            {
                WideDenseProducts.Run(Input, null, null, z, Biases, Weights, (Rows + 1) & ~1, Inputs,
                    function == Activation.Relu ? 0f : float.NegativeInfinity, false);
            }
            else
            {
                Sums(z, Input);
            }

            if (function != Activation.Relu && function != Activation.Linear)
            {
                ActivationFunction.Forward(z, function, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void Sums(float[] z, float[] x)
        {
            Sums(z, x, false);
        }

        /// <summary>z (rows, made even) = the layer's sums for x (inputs); its outputs already where the activation is ReLU.</summary>
        /// <param name="z">(rows, made even). Receives the sums.</param>
        /// <param name="x">(inputs).</param>
        /// <param name="measure">Whether to see to it that x is finite and of ordinary size.</param>
        /// <returns>False if it is not.</returns>
        public bool Sums(float[] z, float[] x, bool measure)
        {
            float floor = Activation == Activation.Relu ? 0f : float.NegativeInfinity;
            float[] starts = Biases;
            float[][] weights = Weights;
            int end = (Rows + 1) & ~1;
            int left = Inputs;
            int width = weights[0].Length >> 1;
            if (left <= width)
            {
                return WideDenseProducts.Run(x, null, null, z, starts, weights, end, left, floor, measure);
            }

            float[] part = Scratch;
            int block = 0;
            int at = 0;
            while (true)
            {
                width = width < left ? width : left;
                Array.Copy(x, at, part, 0, width);
                if (!WideDenseProducts.Run(part, null, null, z, starts, weights, end, width, width == left ? floor : float.NegativeInfinity,
                    measure))
                {
                    return false;
                }

                left -= width;
                if (left == 0)
                {
                    return true;
                }

                at += width;
                starts = z;
                weights = Later[block++];
                width = weights[0].Length >> 1;
            }
        }

        /// <inheritdoc/>
        protected override int WidthFor(int inputs)
        {
            return inputs < WideDenseProducts.Widest ? inputs : WideDenseProducts.Widest;
        }
    }
}
