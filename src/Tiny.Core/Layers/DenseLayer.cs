using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Kernels;

namespace Tiny.Core.Layers
{
    /// <summary>A fully connected layer with float weights: it predicts and learns.</summary>
    /// <remarks>
    /// The inputs are cut into blocks of at most <see cref="DenseForward.Widest"/>, the rows into pairs. Block b of pair p is one array: the
    /// weights of input i of the block stand at 2 i for the pair's first row and at 2 i + 1 for its second. So the kernels find every
    /// weight under a constant index, and no array is larger than 340 bytes. An odd last row is paired with one of zeros.
    /// </remarks>
    public sealed class DenseLayer : Layer
    {
        private const int Block = DenseForward.Widest;

        internal readonly float[][] weights;   // (pairs)(2 * inputs of the block), of the first block
        internal readonly float[][][] later;   // (blocks - 1)(pairs)(2 * inputs of the block), null for a layer of one block
        internal readonly float[] biases;      // (2 * pairs)
        internal int end;                      // rows in use, made even
        internal float floor;                  // what lower sums become: 0 for ReLU, else negative infinity
        internal bool frozen;

        internal DenseLayer(int rowCapacity, int inputCapacity)
        {
            int pairs = Pairs(rowCapacity);
            int blocks = Blocks(inputCapacity);
            biases = new float[2 * pairs];
            weights = NewBlock(pairs, BlockWidth(inputCapacity, 0));
            later = blocks == 1 ? null : new float[blocks - 1][][];
            for (int block = 1; block < blocks; block++)
            {
                later[block - 1] = NewBlock(pairs, BlockWidth(inputCapacity, block));
            }
        }

        /// <inheritdoc/>
        public override bool Frozen
        {
            get { return frozen; }
            set { frozen = value; }
        }

        /// <summary>Float32.</summary>
        public override WeightFormat WeightFormat
        {
            get { return WeightFormat.Float32; }
        }

        internal override int RowCapacity
        {
            get { return biases.Length; }
        }

        internal override int InputCapacity
        {
            get { return later == null ? weights[0].Length / 2 : Block * later.Length + later[later.Length - 1][0].Length / 2; }
        }

        /// <summary>Pairs that this many rows make.</summary>
        internal static int Pairs(int rows)
        {
            return (rows + 1) >> 1;
        }

        /// <summary>Blocks that this many inputs make.</summary>
        internal static int Blocks(int inputs)
        {
            return (inputs + Block - 1) / Block;
        }

        /// <summary>Inputs of a block.</summary>
        internal static int BlockWidth(int inputs, int block)
        {
            int left = inputs - block * Block;
            return left < Block ? left : Block;
        }

        /// <inheritdoc/>
        public override float GetBias(int row)
        {
            CheckRow(row);
            return biases[row];
        }

        /// <inheritdoc/>
        public override float GetWeight(int row, int input)
        {
            CheckRow(row);
            CheckInput(input);
            return WeightsOf(row, input)[Index(row, input)];
        }

        /// <inheritdoc/>
        public override void SetBias(int row, float value)
        {
            CheckRow(row);
            CheckFinite(value);
            biases[row] = value;
        }

        /// <inheritdoc/>
        public override void SetWeight(int row, int input, float value)
        {
            CheckRow(row);
            CheckInput(input);
            CheckFinite(value);
            WeightsOf(row, input)[Index(row, input)] = value;
        }

        /// <summary>
        /// The device makes an object of a name each time it is loaded, so it is loaded only where it throws: roll-backs and loaded slots set weight after
        /// weight.
        /// </summary>
        private static void CheckFinite(float value)
        {
            if (!Guard.IsFinite(value))
            {
                throw new ArgumentException("value is not a finite number.", "value");
            }
        }

        internal override void Define(NetworkShape shape, int layer)
        {
            base.Define(shape, layer);
            end = (rows + 1) & ~1;
            floor = activation == Activation.Relu ? 0f : float.NegativeInfinity;
        }

        /// <summary>
        /// Biases 0, weights uniform within sqrt(6 / inputs) before ReLU and its kin (He), within sqrt(6 / (inputs + outputs)) else
        /// (Glorot and Bengio).
        /// </summary>
        internal void Initialise(SeededRandom random)
        {
            bool glorot = !ActivationTraits.IsRectifier(activation);
            float limit = SquareRoot.Of(6f / (glorot ? inputs + Outputs : inputs));
            for (int row = 0; row < rows; row++)
            {
                biases[row] = 0f;
                for (int i = 0; i < inputs; i++)
                {
                    WeightsOf(row, i)[Index(row, i)] = random.NextSymmetric(limit);
                }
            }
        }

        /// <summary>Reads bias and weights, row by row; returns the offset behind them.</summary>
        internal int ReadFrom(BlobReader reader, int at)
        {
            for (int row = 0; row < rows; row++)
            {
                biases[row] = reader.FloatAt(at);
                at += 4;
                for (int block = 0; block * Block < inputs; block++)
                {
                    float[] values = WeightsOf(row, block * Block);
                    int end = 2 * BlockWidth(inputs, block);
                    for (int k = row & 1; k < end; k += 2)
                    {
                        values[k] = reader.FloatAt(at);
                        at += 4;
                    }
                }
            }

            ClearSpareRow();
            return at;
        }

        /// <summary>Writes bias and weights, row by row; returns the offset behind them.</summary>
        internal int WriteTo(byte[] buffer, int at)
        {
            for (int row = 0; row < rows; row++)
            {
                FloatBits.Write(buffer, at, biases[row]);
                at += 4;
                for (int i = 0; i < inputs; i++)
                {
                    FloatBits.Write(buffer, at, WeightsOf(row, i)[Index(row, i)]);
                    at += 4;
                }
            }

            return at;
        }

        /// <summary>The first row that holds an infinity or NaN, or -1.</summary>
        internal int FindRowNotFinite()
        {
            for (int row = 0; row < rows; row++)
            {
                bool finite = Guard.IsFinite(biases[row]);
                for (int i = 0; i < inputs && finite; i++)
                {
                    finite = Guard.IsFinite(WeightsOf(row, i)[Index(row, i)]);
                }

                if (!finite)
                {
                    return row;
                }
            }

            return -1;
        }

        /// <summary>z (rows, made even) = the layer's sums for x (inputs); its outputs already where the activation is ReLU.</summary>
        /// <param name="z">Receives the sums.</param>
        /// <param name="x">(inputs).</param>
        /// <param name="scratch">(a block), for layers of several.</param>
        /// <param name="measure">Whether to see to it that x is finite and of ordinary size.</param>
        /// <returns>False if it is not.</returns>
        internal bool Sums(float[] z, float[] x, float[] scratch, bool measure)
        {
            if (inputs <= Block)
            {
                return DenseForward.Run(x, null, null, z, this, 0, inputs, floor, measure);
            }

            for (int block = 0; block * Block < inputs; block++)
            {
                int width = BlockWidth(inputs, block);
                bool last = block * Block + width == inputs;
                Array.Copy(x, block * Block, scratch, 0, width);
                if (!DenseForward.Run(scratch, null, null, z, this, block, width, last ? floor : float.NegativeInfinity, measure))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>What is left to do on the sums: nothing for ReLU and linear, the kernel has done it.</summary>
        internal override void Activate(float[] z)
        {
            if (floor != 0f)
            {
                ActivationFunction.Forward(z, activation, parameter, rows);
            }
        }

        /// <summary>dz (rows), the sums, becomes the gradient on them, given the outputs a and the gradient da on them.</summary>
        internal void ActivateBackward(float[] dz, float[] a, float[] da)
        {
            ActivationFunction.Backward(dz, a, da, activation, parameter, rows);
        }

        /// <summary>The gradient on the sums of the layer below, from the gradient dz (rows, made even, a spare one 0) on the sums of this one.</summary>
        /// <param name="dz">(rows, made even).</param>
        /// <param name="below">The layer whose outputs are this one's inputs.</param>
        /// <param name="dzBelow">Holds that layer's sums, for ReLU anything, and receives the gradient on them.</param>
        /// <param name="aBelow">That layer's outputs.</param>
        /// <param name="dx">Room for the gradient on the inputs.</param>
        /// <param name="scratch">(a block), for layers of several.</param>
        /// <returns>The sum of squares of the gradient on the inputs.</returns>
        internal float PassBack(float[] dz, DenseLayer below, float[] dzBelow, float[] aBelow, float[] dx, float[] scratch)
        {
            if (below.floor == 0f && inputs <= Block)
            {
                if (below.end != inputs)
                {
                    dzBelow[inputs] = 0f;
                }

                return DenseInputGradient.Run(dzBelow, dz, aBelow, 0f, weights, end, inputs);
            }

            float squares = InputGradient(dx, dz, aBelow, scratch);
            below.ActivateBackward(dzBelow, aBelow, dx);
            return squares;
        }

        /// <summary>
        /// dx (inputs) from the gradient dz (rows, made even, a spare one 0) on the sums; x are the inputs. Returns the sum of its squares.
        /// </summary>
        internal float InputGradient(float[] dx, float[] dz, float[] x, float[] scratch)
        {
            if (inputs <= Block)
            {
                return DenseInputGradient.Run(dx, dz, x, float.NegativeInfinity, weights, end, inputs);
            }

            float squares = 0f;
            for (int block = 0; block * Block < inputs; block++)
            {
                int width = BlockWidth(inputs, block);
                squares += DenseInputGradient.Run(scratch, dz, x, float.NegativeInfinity, RowsOf(block), end, width);
                Array.Copy(scratch, 0, dx, block * Block, width);
            }

            return squares;
        }

        /// <summary>
        /// One step of gradient descent, given the inputs x and the gradient dz on the sums: with g = rate * dz, b -= g and w -= g x.
        /// </summary>
        /// <param name="x">(inputs).</param>
        /// <param name="dz">(rows, made even, a spare one 0).</param>
        /// <param name="rate">The learning rate.</param>
        /// <param name="scratch">(a block), for layers of several.</param>
        internal void Update(float[] x, float[] dz, float rate, float[] scratch)
        {
            if (inputs <= Block)
            {
                DenseUpdate.Run(x, dz, biases, weights, end, inputs, rate);
                return;
            }

            for (int block = 0; block * Block < inputs; block++)
            {
                int width = BlockWidth(inputs, block);
                Array.Copy(x, block * Block, scratch, 0, width);
                DenseUpdate.Run(scratch, dz, block == 0 ? biases : null, RowsOf(block), end, width, rate);
            }
        }

        /// <summary>w *= keep: L2.</summary>
        internal void Decay(float keep)
        {
            for (int block = 0; block * Block < inputs; block++)
            {
                float[][] pairs = RowsOf(block);
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

        /// <summary>The row that pairs with an odd last one must add nothing.</summary>
        private void ClearSpareRow()
        {
            if ((rows & 1) != 0)
            {
                biases[rows] = 0f;
                for (int i = 0; i < inputs; i++)
                {
                    WeightsOf(rows, i)[Index(rows, i)] = 0f;
                }
            }
        }

        private float[][] RowsOf(int block)
        {
            return block == 0 ? weights : later[block - 1];
        }

        private float[] WeightsOf(int row, int input)
        {
            return RowsOf(input / Block)[row >> 1];
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

        private static int Index(int row, int input)
        {
            return 2 * (input % Block) + (row & 1);
        }
    }
}
