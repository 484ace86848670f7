using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Native.Float32;
using Tiny.Sparse;

namespace Tiny.Native.Sparse
{
    /// <summary>A sparse float32 layer by the firmware's C.</summary>
    /// <remarks>
    /// It has its weights twice: in runs, for what learns and saves them, and behind each other, as the kernel takes them.
    /// Whoever changes the former says so by <see cref="Changed"/>, and the next sums take them anew.
    /// </remarks>
    /// <seealso cref="NativeSparse"/>
    public sealed class NativeSparseLayer : SparseLayer
    {
        private readonly NativeRows native;
        private readonly float[] plain; // (weights, at least 1) of all rows
        private bool changed;

        /// <summary>A layer with memory for the node at which the reader stands.</summary>
        public NativeSparseLayer(BlobReader reader)
            : base(reader)
        {
            native = new NativeRows(Index, Rows);
            plain = new float[native.Inputs.Length];
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            native.Take(Index);
            Changed();
        }

        /// <inheritdoc/>
        public override void Changed()
        {
            changed = true;
        }

        /// <inheritdoc/>
        public override bool Sums(float[] z, float[] x)
        {
            if (changed)
            {
                Gather();
            }

            float floor = Activation == Activation.Relu ? 0f : float.NegativeInfinity;
            return SparseKernels.Rows(x, z, Biases, plain, native.Inputs, native.Counts, Rows, Inputs, floor) != 0;
        }

        /// <inheritdoc/>
        public override void Take(float[] n, float[] x, Scaling scaling)
        {
            if (Index.Raw != 0)
            {
                base.Take(n, x, scaling);
            }
            else if (Index.UsedCount > 0)
            {
                int fault = SparseKernels.NormalizeUsed(n, x, scaling.InputMeans, scaling.InputScales, Index.Used, Index.UsedCount, Inputs);
                if (fault >= 0)
                {
                    throw Guard.NotFinite("inputs", fault);
                }
            }
        }

        /// <inheritdoc/>
        protected override void Activate()
        {
            if (Activation != Activation.Relu && Activation != Activation.Linear)
            {
                NativeActivation.Forward(Output, Activation, ActivationParameter, Rows);
            }
        }

        private void Gather()
        {
            int at = 0;
            for (int run = 0; run < Weights.Length; run++)
            {
                int count = SparseRows.CountOf(Weights[run].Length);
                Array.Copy(Weights[run], 0, plain, at, count);
                at += count;
            }

            changed = false;
        }
    }
}
