using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A fully connected layer and its activation, with room for a fixed number of rows and inputs. What it holds now may be smaller.
    /// </summary>
    public sealed class DenseLayer
    {
        // (row capacity, 1 + input capacity): bias first, then the weights of one row. A row is an array of its own, so that no array
        // grows past 16 KB below 4,095 inputs, and the interpreter finds a weight without computing an index.
        private readonly float[][] rows;

        internal DenseLayer(int rowCapacity, int inputCapacity)
        {
            InputCapacity = inputCapacity;
            rows = new float[rowCapacity][];
            for (int row = 0; row < rowCapacity; row++)
            {
                rows[row] = new float[1 + inputCapacity];
            }
        }

        /// <summary>Inputs the layer takes now.</summary>
        public int Inputs { get; private set; }

        /// <summary>Outputs the layer gives now.</summary>
        public int Outputs { get; private set; }

        /// <summary>Rows of weights in use: as many as outputs, twice as many for maxout.</summary>
        public int Rows { get; private set; }

        /// <summary>The activation.</summary>
        public Activation Activation { get; private set; }

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter { get; private set; }

        /// <summary>A frozen layer is not changed by learning; gradients still pass through it.</summary>
        public bool Frozen { get; set; }

        /// <summary>Weights and biases in use.</summary>
        public int ParameterCount
        {
            get { return Rows * (1 + Inputs); }
        }

        internal int RowCapacity
        {
            get { return rows.Length; }
        }

        internal int InputCapacity { get; }

        /// <summary>The bias of a row.</summary>
        public float GetBias(int row)
        {
            CheckRow(row);
            return rows[row][0];
        }

        /// <summary>The weight from an input to a row.</summary>
        public float GetWeight(int row, int input)
        {
            CheckRow(row);
            CheckInput(input);
            return rows[row][1 + input];
        }

        /// <summary>Sets the bias of a row. The value must be finite.</summary>
        public void SetBias(int row, float value)
        {
            CheckRow(row);
            Guard.Finite(value, "value");
            rows[row][0] = value;
        }

        /// <summary>Sets the weight from an input to a row. The value must be finite.</summary>
        public void SetWeight(int row, int input, float value)
        {
            CheckRow(row);
            CheckInput(input);
            Guard.Finite(value, "value");
            rows[row][1 + input] = value;
        }

        internal float[] Row(int row)
        {
            return rows[row];
        }

        /// <summary>Takes a shape within the capacity. The weights keep whatever they were.</summary>
        internal void Define(int inputs, int outputs, Activation activation, float parameter)
        {
            Inputs = inputs;
            Outputs = outputs;
            Rows = outputs * ActivationTraits.RowsPerOutput(activation);
            Activation = activation;
            ActivationParameter = parameter;
        }

        /// <summary>
        /// Biases 0, weights uniform within sqrt(6 / inputs) before ReLU and its kin (He), within sqrt(6 / (inputs + outputs)) else
        /// (Glorot and Bengio).
        /// </summary>
        internal void Initialise(SeededRandom random)
        {
            bool glorot = !ActivationTraits.IsRectifier(Activation);
            float limit = SquareRoot.Of(6f / (glorot ? Inputs + Outputs : Inputs));
            for (int row = 0; row < Rows; row++)
            {
                float[] weights = rows[row];
                weights[0] = 0f;
                for (int i = 1; i <= Inputs; i++)
                {
                    weights[i] = random.NextSymmetric(limit);
                }
            }
        }

        /// <summary>Reads bias and weights, row by row; returns the offset behind them.</summary>
        internal int ReadFrom(BlobReader reader, int at)
        {
            for (int row = 0; row < Rows; row++)
            {
                float[] weights = rows[row];
                for (int i = 0; i <= Inputs; i++)
                {
                    weights[i] = reader.FloatAt(at);
                    at += 4;
                }
            }

            return at;
        }

        /// <summary>z (rows) = weights times x (inputs) plus bias.</summary>
        internal void Sums(float[] z, float[] x)
        {
            DenseKernel.Forward(z, rows, x, Rows, Inputs);
        }

        /// <summary>a (rows), the sums, becomes the outputs in place.</summary>
        internal void Activate(float[] a)
        {
            ActivationFunction.Forward(a, Activation, ActivationParameter, Rows);
        }

        /// <summary>dz (rows), the sums, becomes the gradient on them, given the outputs a and the gradient da on them.</summary>
        internal void ActivateBackward(float[] dz, float[] a, float[] da)
        {
            ActivationFunction.Backward(dz, a, da, Activation, ActivationParameter, Rows);
        }

        /// <summary>dx (inputs) from the gradient dz (rows) on the sums.</summary>
        internal void InputGradient(float[] dx, float[] dz)
        {
            DenseKernel.InputGradient(dx, rows, dz, Rows, Inputs);
        }

        /// <summary>One step of gradient descent, given the inputs x and the gradient dz on the sums.</summary>
        internal void Update(float[] x, float[] dz, float rate, float keep)
        {
            DenseKernel.Update(rows, x, dz, rate, keep, Rows, Inputs);
        }

        private void CheckRow(int row)
        {
            if (row < 0 || row >= Rows)
            {
                throw new ArgumentOutOfRangeException("row", "row " + row + ": the layer has rows 0 to " + (Rows - 1) + ".");
            }
        }

        private void CheckInput(int input)
        {
            if (input < 0 || input >= Inputs)
            {
                throw new ArgumentOutOfRangeException("input", "input " + input + ": the layer has inputs 0 to " + (Inputs - 1) + ".");
            }
        }
    }
}
