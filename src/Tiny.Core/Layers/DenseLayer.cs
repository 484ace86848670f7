// Over 300 lines: how blocks and pairs lie in memory, and all that reads or writes them so.
using System;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>A fully connected layer with float32 weights. What learns it is in Tiny.Learning.</summary>
    /// <remarks>
    /// The inputs are cut into blocks, the rows into pairs. Block b of pair p is one array: the weights of input i of the block stand at 2
    /// i for the pair's first row and at 2 i + 1 for its second. So the kernels find every weight under a constant index, and no array is
    /// large. An odd last row is paired with one of zeros. Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="LayerKinds"/>
    public class DenseLayer : Layer
    {
        /// <summary>(pairs)(2 * inputs of the block), of the first block; null where the layer keeps its weights otherwise.</summary>
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

        /// <summary>A layer with room for so many rows and inputs.</summary>
        /// <param name="rowCapacity">Rows of weights, 1 or more: as many as outputs, twice as many for maxout.</param>
        /// <param name="inputCapacity">Inputs, 1 or more.</param>
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

        /// <summary>A layer that keeps its weights otherwise, and <see cref="Weights"/> null.</summary>
        /// <param name="biases">(rows there is room for).</param>
        protected DenseLayer(float[] biases)
        {
            Biases = biases;
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Dense.DenseCode; }
        }

        /// <summary>Inputs there is room for.</summary>
        public virtual int InputCapacity
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
            Activation function = Activation;
            float[] z = Output;
            if (Later == null)
            {
                // Straight to the kernel: each call on the way costs what several inputs do.
                DenseProducts.Run(Input, z, Biases, Weights, (Rows + 1) & ~1, Inputs,
                    function == Activation.Relu ? 0f : float.NegativeInfinity);
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
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }

        /// <summary>z (rows, made even) = the layer's sums for x (inputs); its outputs already where the activation is ReLU.</summary>
        /// <param name="z">(rows, made even). Receives the sums.</param>
        /// <param name="x">(inputs), all finite.</param>
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

            // The first block is read where it is.
            DenseProducts.Run(x, z, Biases, weights, end, width, float.NegativeInfinity);
            float[] part = Scratch;
            int block = 0;
            int at = 0;
            do
            {
                at += width;
                left -= width;
                weights = Later[block++];
                width = weights[0].Length >> 1;
                width = width < left ? width : left;
                Array.Copy(x, at, part, 0, width);
                DenseProducts.Run(part, z, z, weights, end, width, width == left ? floor : float.NegativeInfinity);
            }
            while (width != left);
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            Move(destination, first, count, false);
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                if (source[i] - source[i] != 0f)
                {
                    throw Guard.NotFinite("source", i);
                }
            }

            Move(source, first, count, true);
        }

        /// <summary>Inputs of the next block, where so many are left.</summary>
        /// <param name="inputs">Inputs that are left, 1 or more.</param>
        protected virtual int WidthFor(int inputs)
        {
            return DenseProducts.WidthFor(inputs);
        }

        private void ReadWeights(BlobReader reader, int at)
        {
            // The output buffer is room for some of them on their way: before a prediction nothing of it counts.
            int all = ParameterCount;
            float[] some = Output;
            for (int first = 0; first < all; first += some.Length)
            {
                int count = all - first < some.Length ? all - first : some.Length;
                for (int i = 0; i < count; i++)
                {
                    some[i] = reader.FloatAt(at);
                    at += 4;
                }

                Move(some, first, count, true);
            }
        }

        /// <summary>Copies parameters out, or sets them: row by row, the bias first.</summary>
        /// <param name="values">(count) or longer. Receives the parameters, or holds them.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        /// <param name="set">Whether the layer takes the values; otherwise they are copied out.</param>
        protected virtual void Move(float[] values, int first, int count, bool set)
        {
            int each = 1 + Inputs;
            int row = first / each;
            int input = first % each - 1;
            int i = 0;
            while (i < count)
            {
                float[] array = Biases;
                int k = row;
                int end = row + 1;
                int step = 1;
                if (input >= 0)
                {
                    // From the input to the end of its block.
                    float[][] block = Weights;
                    int at = input;
                    int next = 0;
                    while (at >= block[0].Length >> 1)
                    {
                        at -= block[0].Length >> 1;
                        block = Later[next++];
                    }

                    array = block[row >> 1];
                    k = 2 * at + (row & 1);
                    end = array.Length - at * 2 < 2 * (Inputs - input) ? array.Length : 2 * (at + Inputs - input);
                    step = 2;
                }

                for (; k < end && i < count; k += step)
                {
                    if (set)
                    {
                        array[k] = values[i++];
                    }
                    else
                    {
                        values[i++] = array[k];
                    }

                    input++;
                }

                if (input == Inputs)
                {
                    input = -1;
                    row++;
                }
            }
        }

        /// <summary>The row that pairs with an odd last one must add nothing.</summary>
        public virtual void ClearSpareRow()
        {
            if ((Rows & 1) != 0)
            {
                Biases[Rows] = 0f;
                ClearRow(Weights[Rows >> 1]);
                for (int block = 0; Later != null && block < Later.Length; block++)
                {
                    ClearRow(Later[block][Rows >> 1]);
                }
            }
        }

        private static void ClearRow(float[] pair)
        {
            for (int k = 1; k < pair.Length; k += 2)
            {
                pair[k] = 0f;
            }
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
