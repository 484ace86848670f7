using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Sparse.Kernels;

namespace Tiny.Sparse
{
    /// <summary>
    /// A fully connected float32 layer that holds only the weights that are there: what is not
    /// costs neither memory nor time. What learns it is in Tiny.Sparse.Learning.
    /// </summary>
    /// <remarks>
    /// Its parameters are the biases, then the weights, row by row. A sum begins with the bias and adds the products, inputs ascending: the
    /// bits of a dense layer with zeros in the other places, but for a bias of -0. As the first layer it looks at no inputs but those that
    /// a weight reads. It normalizes them; or, where the weights have the normalization in them, takes them as they are, and holds them
    /// within <see cref="Scaling.Limit"/> only if the square of a sum comes to 1e24 or is no number.
    /// </remarks>
    /// <seealso cref="SparseDense"/>
    public class SparseLayer : Layer
    {
        /// <summary>Where the weights stand.</summary>
        public readonly SparseRows Index;

        /// <summary>(runs)(weights of the run) beside <see cref="SparseRows.Inputs"/>.</summary>
        public readonly float[][] Weights;

        /// <summary>(rows).</summary>
        public readonly float[] Biases;

        /// <summary>Rows in use: as many as outputs, twice as many for maxout.</summary>
        public int Rows;

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        private int weights;

        /// <summary>A layer with memory for the node at which the reader stands.</summary>
        public SparseLayer(BlobReader reader)
        {
            Rows = Dense.RowsOf(reader);
            Index = new SparseRows(reader, reader.WeightsAt < 0 ? -1 : reader.WeightsAt + 4 * Rows, Rows);
            Biases = new float[Rows];
            Weights = new float[Index.Inputs.Length][];
            for (int run = 0; run < Weights.Length; run++)
            {
                Weights[run] = new float[Index.Inputs[run].Length];
            }
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return SparseDense.SparseCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Rows + weights; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare(reader);
            int rows = Dense.RowsOf(reader);
            return rows == Biases.Length && reader.WeightsAt >= 0 && Index.HasRoomFor(reader, reader.WeightsAt + 4 * rows, rows);
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Rows = Dense.RowsOf(reader);
            Activation = (Activation)reader.Attribute(Dense.ActivationAt);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(Dense.ActivationAt + 1) : 0f;
            weights = 0;
            int at = reader.WeightsAt;
            if (at < 0)
            {
                return;
            }

            for (int row = 0; row < Rows; row++)
            {
                Biases[row] = reader.FloatAt(at);
                at += 4;
            }

            at = Index.Read(reader, at, Rows);
            for (int run = 0; run < Weights.Length; run++)
            {
                float[] array = Weights[run];
                int count = SparseRows.CountOf(array.Length);
                weights += count;
                for (int i = 0; i < count; i++)
                {
                    array[i] = reader.FloatAt(at);
                    at += 4;
                }
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            Activate();
        }

        /// <summary>Applies the activation to what the layer gives; that of ReLU came with the sums.</summary>
        protected virtual void Activate()
        {
            Activation function = Activation;
            if (function != Activation.Relu && function != Activation.Linear)
            {
                ActivationFunction.Forward(Output, function, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            if (Index.Raw != 0 && Sums(Output, sample))
            {
                Activate();
                return;
            }

            Take(Input, sample, scaling);
            Forward();
        }

        /// <summary>z (rows) = the layer's sums for x (inputs); its outputs already where the activation is ReLU.</summary>
        /// <param name="z">(rows). Receives the sums.</param>
        /// <param name="x">(inputs).</param>
        /// <returns>Whether the squares of all sums are below 1e24.</returns>
        public virtual bool Sums(float[] z, float[] x)
        {
            return SparseProducts.Run(
                x, z, Biases, Weights, Index.Inputs, Rows, Activation == Activation.Relu ? 0f : float.NegativeInfinity);
        }

        /// <summary>
        /// n[i] = (x[i] - mean) * scale of the inputs that a weight reads, held as <see cref="Scaling"/> holds
        /// them; or x[i], held likewise, where the weights are for the sample as it is.
        /// </summary>
        /// <param name="n">(inputs). Receives the values.</param>
        /// <param name="x">(inputs), in the user's units.</param>
        /// <param name="scaling">Holds means and scales.</param>
        /// <exception cref="ArgumentException">One of those is not finite.</exception>
        public virtual void Take(float[] n, float[] x, Scaling scaling)
        {
            bool raw = Index.Raw != 0;
            float[] means = scaling.InputMeans;
            float[] scales = scaling.InputScales;
            ushort[] used = Index.Used;
            float limit = Scaling.OrdinarySquares;
            for (int k = Index.UsedCount - 1; k >= 0; k--)
            {
                int i = used[k];
                float value = raw ? x[i] : (x[i] - means[i]) * scales[i];
                n[i] = value;
                if (!(value * value < limit))
                {
                    n[i] = Held(x[i], value, i);
                }
            }
        }

        /// <summary>
        /// Is called by what has changed <see cref="Weights"/>: a layer that keeps them in another way besides takes them anew.
        /// </summary>
        public virtual void Changed()
        {
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
                if (!Guard.IsFinite(source[i]))
                {
                    throw Guard.NotFinite("source", i);
                }
            }

            Move(source, first, count, true);
            Changed();
        }

        private static float Held(float input, float value, int index)
        {
            if (!Guard.IsFinite(input))
            {
                throw Guard.NotFinite("inputs", index);
            }

            return Scaling.Limit <= value ? Scaling.Limit : value <= -Scaling.Limit ? -Scaling.Limit : Guard.IsFinite(value) ? value : 0f;
        }

        private void Move(float[] values, int first, int count, bool set)
        {
            int i = Part(Biases, Rows, values, first, 0, count, set);
            int at = first + i - Rows; // of the weights
            for (int run = 0; run < Weights.Length && i < count; run++)
            {
                int length = SparseRows.CountOf(Weights[run].Length);
                if (at < length)
                {
                    int moved = Part(Weights[run], length, values, at, i, count, set);
                    i += moved;
                    at += moved;
                }

                at -= length;
            }
        }

        /// <summary>Moves some of an array from one place on; returns how many.</summary>
        private static int Part(float[] array, int length, float[] values, int from, int to, int count, bool set)
        {
            int moved = length - from < count - to ? length - from : count - to;
            if (moved <= 0)
            {
                return 0;
            }

            if (set)
            {
                Array.Copy(values, to, array, from, moved);
            }
            else
            {
                Array.Copy(array, from, values, to, moved);
            }

            return moved;
        }
    }
}
