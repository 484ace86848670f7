using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;

namespace Tiny.Native.Float32
{
    /// <summary>A dense float32 layer whose weights are one array, row by row, as the kernels in C take them.</summary>
    /// <remarks>One array of all weights asks for a heap that has so much in one piece: boards whose firmware is built for this have
    /// it.</remarks>
    /// <seealso cref="NativeDense"/>
    public sealed class NativeDenseLayer : DenseLayer
    {
        /// <summary>(rows * inputs) row by row.</summary>
        public readonly float[] Plain;

        private readonly int inputCapacity;

        /// <summary>A layer with room for so many rows and inputs.</summary>
        /// <param name="rowCapacity">Rows of weights, 1 or more.</param>
        /// <param name="inputCapacity">Inputs, 1 or more.</param>
        public NativeDenseLayer(int rowCapacity, int inputCapacity)
            : base(new float[rowCapacity])
        {
            this.inputCapacity = inputCapacity;
            Plain = new float[rowCapacity * inputCapacity];
        }

        /// <inheritdoc/>
        public override int InputCapacity
        {
            get { return inputCapacity; }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            float[] z = Output;
            Sums(z, Input);
            if (Activation != Activation.Relu && Activation != Activation.Linear)
            {
                NativeActivation.Forward(z, Activation, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            NativeScaling.Normalize(scaling, Input, sample, Inputs);
            Forward();
        }

        /// <inheritdoc/>
        public override void Sums(float[] z, float[] x)
        {
            FloatKernels.Dense(x, Plain, Biases, z, Inputs, Rows, Activation == Activation.Relu ? 0f : float.NegativeInfinity);
        }

        /// <summary>Nothing: no row is paired with another.</summary>
        public override void ClearSpareRow()
        {
        }

        /// <inheritdoc/>
        protected override void Move(float[] values, int first, int count, bool set)
        {
            int each = 1 + Inputs;
            int row = first / each;
            int input = first % each - 1;
            for (int i = 0; i < count;)
            {
                float[] array = input < 0 ? Biases : Plain;
                int at = input < 0 ? row : row * Inputs + input;
                int run = input < 0 ? 1 : Inputs - input;
                run = run < count - i ? run : count - i;
                if (set)
                {
                    Array.Copy(values, i, array, at, run);
                }
                else
                {
                    Array.Copy(array, at, values, i, run);
                }

                i += run;
                input += run;
                if (input == Inputs)
                {
                    input = -1;
                    row++;
                }
            }
        }
    }
}
