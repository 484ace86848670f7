using System;
using Tiny.Core.Activations;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A fully connected layer and its activation, with room for a fixed number of rows and inputs. What it holds now may be smaller.
    /// </summary>
    public abstract class Layer
    {
        // Fields, and not only properties: the kernels read them, and a property costs the device a call of about 400 instructions.
        internal int inputs;
        internal int rows;
        internal Activation activation;
        internal float parameter;

        /// <summary>Inputs the layer takes now.</summary>
        public int Inputs
        {
            get { return inputs; }
        }

        /// <summary>Rows of weights in use: as many as outputs, twice as many for maxout.</summary>
        public int Rows
        {
            get { return rows; }
        }

        /// <summary>Outputs the layer gives now.</summary>
        public int Outputs
        {
            get { return rows / ActivationTraits.RowsPerOutput(activation); }
        }

        /// <summary>The activation.</summary>
        public Activation Activation
        {
            get { return activation; }
        }

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter
        {
            get { return parameter; }
        }

        /// <summary>A frozen layer is not changed by learning; gradients still pass through it. Int8 layers always are.</summary>
        public abstract bool Frozen { get; set; }

        /// <summary>How the weights are kept.</summary>
        public abstract WeightFormat WeightFormat { get; }

        /// <summary>Weights and biases in use.</summary>
        public int ParameterCount
        {
            get { return rows * (1 + inputs); }
        }

        internal abstract int RowCapacity { get; }

        internal abstract int InputCapacity { get; }

        /// <summary>The bias of a row, in the unit of the layer's sums.</summary>
        public abstract float GetBias(int row);

        /// <summary>The weight from an input to a row, in the units of the layer's sums and inputs.</summary>
        public abstract float GetWeight(int row, int input);

        /// <summary>Sets the bias of a row. The value must be finite.</summary>
        /// <exception cref="InvalidOperationException">The weights are int8.</exception>
        public abstract void SetBias(int row, float value);

        /// <summary>Sets the weight from an input to a row. The value must be finite.</summary>
        /// <exception cref="InvalidOperationException">The weights are int8.</exception>
        public abstract void SetWeight(int row, int input, float value);

        /// <summary>Takes a shape within the capacity. The weights keep whatever they were.</summary>
        internal virtual void Define(NetworkShape shape, int layer)
        {
            inputs = shape.GetInputs(layer);
            rows = shape.GetRows(layer);
            activation = shape.GetActivation(layer);
            parameter = shape.GetParameter(layer);
        }

        /// <summary>a (rows), the sums, becomes the outputs in place.</summary>
        internal abstract void Activate(float[] a);

        private protected void CheckRow(int row)
        {
            if (row < 0 || row >= rows)
            {
                throw new ArgumentOutOfRangeException("row", "row " + row + ": the layer has rows 0 to " + (rows - 1) + ".");
            }
        }

        private protected void CheckInput(int input)
        {
            if (input < 0 || input >= inputs)
            {
                throw new ArgumentOutOfRangeException("input", "input " + input + ": the layer has inputs 0 to " + (inputs - 1) + ".");
            }
        }
    }
}
