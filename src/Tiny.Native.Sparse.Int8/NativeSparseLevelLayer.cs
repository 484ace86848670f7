using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Native.Float32;
using Tiny.Sparse.Int8;

namespace Tiny.Native.Sparse.Int8
{
    /// <summary>
    /// A sparse int8 layer by the firmware's C. It has its weights twice: packed, for what looks into it, and three bytes to an input, for
    /// the kernel.
    /// </summary>
    /// <seealso cref="NativeSparseLevels"/>
    public sealed class NativeSparseLevelLayer : SparseLevelLayer
    {
        private static readonly sbyte[] NoTable = new sbyte[1];

        private readonly NativeRows native;
        private readonly sbyte[] plain; // (3 * weights, at least 1)
        private readonly int[] starts;  // (3 * groups) what sums begin with

        /// <summary>A layer with memory for the node at which the reader stands.</summary>
        public NativeSparseLevelLayer(BlobReader reader)
            : base(reader)
        {
            native = new NativeRows(Index, Starts.Length);
            plain = new sbyte[3 * native.Inputs.Length];
            starts = new int[3 * Starts.Length];
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling ignored)
        {
            if (Index.UsedCount > 0)
            {
                int each = Scaling.Length == 2 ? 0 : 1;
                int fault = SparseKernels.LevelsUsed(sample, Levels, Scaling, each, Index.Used, Index.UsedCount, Inputs);
                if (fault >= 0)
                {
                    throw Guard.NotFinite("inputs", fault);
                }
            }

            EnterLevels(Levels);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            SparseKernels.Groups(given, plain, native.Inputs, native.Counts, starts, Sums, native.Counts.Length, Inputs);
            if (Output == null)
            {
                Int8Kernels.Pack(Sums, Digits, Rows, Table == null ? 1 : 0, Shifts, Table ?? NoTable);
                return;
            }

            Int8Kernels.ToFloats(Sums, Scales, Output, Rows);
            if (Activation != Activation.Linear)
            {
                NativeActivation.Forward(Output, Activation, ActivationParameter, Rows);
            }
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            base.ReadWeights(reader, biasesAt, at);
            native.Take(Index);
            int count = 3 * native.Weights;
            at = reader.WeightsAt + reader.WeightBytes - BlobFormat.Align(count);
            for (int i = 0; i < count; i++)
            {
                plain[i] = (sbyte)reader.ByteAt(at + i);
            }

            // The lanes of what sums begin with, of which none overflows.
            for (int i = 0; i < starts.Length; i++)
            {
                int shift = i % 3 == 0 ? 0 : i % 3 == 1 ? 21 : 43;
                starts[i] = ((int)(Starts[i / 3] >> shift) & 0x1FFFFF) - LaneLimit;
            }
        }
    }
}
