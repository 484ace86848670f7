using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>A fully connected layer with float32 weights. What learns it is in Tiny.Learning.</summary>
    /// <remarks>
    /// The inputs are cut into blocks, the rows into pairs. Block b of pair p is one array: the weights of input i of the block stand at 2 i for the pair's first row and
    /// at 2 i + 1 for its second. So the kernels find every weight under a constant index, and no array is large. An odd last row is paired with one of zeros.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    public class DenseLayer : Layer
    {
        /// <summary>(pairs)(2 * inputs of the block), of the first block.</summary>
        public readonly float[][] Weights;

        /// <summary>(blocks - 1)(pairs)(2 * inputs of the block); null for a layer of one block.</summary>
        public readonly float[][][] Later;

        /// <summary>(2 * pairs).</summary>
        public readonly float[] Biases;

        /// <summary>(the widest block); null for a layer of one block.</summary>
        public readonly float[] Scratch;

        /// <summary>Rows of weights in use: as many as outputs, twice as many for maxout.</summary>
        public int Rows;

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        private bool frozen;

        /// <summary>A layer with room for so many rows and inputs.</summary>
        public DenseLayer(int rowCapacity, int inputCapacity)
        {
            int pairs = (rowCapacity + 1) >> 1;
            int width = WidthFor(inputCapacity);
            int blocks = 1;
            for (int at = width; at < inputCapacity; at += WidthFor(inputCapacity - at))
            {
                blocks++;
            }

            Biases = new float[2 * pairs];
            Weights = NewBlock(pairs, width);
            if (blocks > 1)
            {
                Later = new float[blocks - 1][][];
                int widest = width;
                int at = width;
                for (int block = 0; block < Later.Length; block++)
                {
                    width = WidthFor(inputCapacity - at);
                    Later[block] = NewBlock(pairs, width);
                    widest = width > widest ? width : widest;
                    at += width;
                }

                Scratch = new float[widest];
            }
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Dense.DenseCode; }
        }

        /// <summary>Rows there is room for, made even.</summary>
        public int RowCapacity
        {
            get { return Biases.Length; }
        }

        /// <summary>Inputs there is room for.</summary>
        public int InputCapacity
        {
            get
            {
                int inputs = Weights[0].Length / 2;
                for (int block = 0; Later != null && block < Later.Length; block++)
                {
                    inputs += Later[block][0].Length / 2;
                }

                return inputs;
            }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Rows * (1 + Inputs); }
        }

        /// <inheritdoc/>
        public override bool Frozen
        {
            get { return frozen; }
            set { frozen = value; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare(reader);
            return Dense.RowsOf(reader) <= Biases.Length && reader.InputLength <= InputCapacity;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Rows = Dense.RowsOf(reader);
            Activation = (Activation)reader.Attribute(Dense.ActivationAt);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(Dense.ActivationAt + 1) : 0f;
            if (reader.WeightsAt >= 0)
            {
                ReadWeights(reader, reader.WeightsAt);
            }

            ClearSpareRow();
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            if (Activation != Activation.Relu)
            {
                ActivationFunction.Forward(Output, Activation, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }

        /// <summary>z (rows, made even) = the layer's sums for x (inputs); its outputs already where the activation is ReLU.</summary>
        public virtual void Sums(float[] z, float[] x)
        {
            float floor = Activation == Activation.Relu ? 0f : float.NegativeInfinity;
            float[][] weights = Weights;
            int end = (Rows + 1) & ~1;
            int left = Inputs;
            int width = weights[0].Length >> 1;
            if (left <= width)
            {
                DenseProducts.Run(x, z, Biases, weights, end, left, floor);
                return;
            }

            float[] part = Scratch;
            float[] starts = Biases;
            int block = 0;
            int at = 0;
            while (true)
            {
                width = width < left ? width : left;
                Array.Copy(x, at, part, 0, width);
                DenseProducts.Run(part, z, starts, weights, end, width, width == left ? floor : float.NegativeInfinity);
                left -= width;
                if (left == 0)
                {
                    return;
                }

                at += width;
                starts = z;
                weights = Later[block++];
                width = weights[0].Length >> 1;
            }
        }

        /// <summary>What is left to do on the sums: nothing for ReLU, the kernel has done it.</summary>
        public void Activate(float[] z)
        {
            if (Activation != Activation.Relu)
            {
                ActivationFunction.Forward(z, Activation, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            int each = 1 + Inputs;
            for (int i = 0; i < count; i++)
            {
                int row = (first + i) / each;
                int input = (first + i) % each - 1;
                int index;
                destination[i] = input < 0 ? Biases[row] : Find(row, input, out index)[index];
            }
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            int each = 1 + Inputs;
            for (int i = 0; i < count; i++)
            {
                int row = (first + i) / each;
                int input = (first + i) % each - 1;
                if (!Guard.IsFinite(source[i]))
                {
                    throw new ArgumentException("Parameter " + (first + i) + " is not a finite number.", "source");
                }

                if (input < 0)
                {
                    Biases[row] = source[i];
                }
                else
                {
                    int index;
                    Find(row, input, out index)[index] = source[i];
                }
            }
        }

        /// <summary>Inputs of the next block, where so many are left.</summary>
        protected virtual int WidthFor(int inputs)
        {
            return DenseProducts.WidthFor(inputs);
        }

        private void ReadWeights(BlobReader reader, int at)
        {
            for (int row = 0; row < Rows; row++)
            {
                Biases[row] = reader.FloatAt(at);
                at += 4;
                int left = 2 * Inputs;
                float[] values = Weights[row >> 1];
                int block = 0;
                while (true)
                {
                    int end = values.Length < left ? values.Length : left;
                    for (int k = row & 1; k < end; k += 2)
                    {
                        values[k] = reader.FloatAt(at);
                        at += 4;
                    }

                    left -= end;
                    if (left == 0)
                    {
                        break;
                    }

                    values = Later[block++][row >> 1];
                }
            }
        }

        /// <summary>The row that pairs with an odd last one must add nothing.</summary>
        private void ClearSpareRow()
        {
            if ((Rows & 1) != 0)
            {
                Biases[Rows] = 0f;
                for (int input = 0; input < Inputs; input++)
                {
                    int index;
                    Find(Rows, input, out index)[index] = 0f;
                }
            }
        }

        /// <summary>The array that holds a weight, and where in it.</summary>
        private float[] Find(int row, int input, out int index)
        {
            float[][] block = Weights;
            int next = 0;
            int width = block[0].Length >> 1;
            while (input >= width)
            {
                input -= width;
                block = Later[next++];
                width = block[0].Length >> 1;
            }

            index = 2 * input + (row & 1);
            return block[row >> 1];
        }

        private static float[][] NewBlock(int pairs, int width)
        {
            float[][] block = new float[pairs][];
            for (int pair = 0; pair < pairs; pair++)
            {
                block[pair] = new float[2 * width];
            }

            return block;
        }
    }
}
