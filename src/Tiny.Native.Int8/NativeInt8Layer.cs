using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Int8;
using Tiny.Native.Float32;

namespace Tiny.Native.Int8
{
    /// <summary>
    /// A dense int8 layer whose sums are computed by the firmware's C of weights that stay plain: the same whole numbers, so the same bits.
    /// </summary>
    /// <seealso cref="NativeInt8"/>
    public abstract class NativeInt8Layer : Int8Layer
    {
        private static readonly sbyte[] NoTable = new sbyte[1];

        /// <summary>The weights.</summary>
        public PlainWeights Plain;

        /// <summary>(inputs, made a multiple of 3) what the layer takes as bytes.</summary>
        protected byte[] Taken;

        private int[] sums;

        /// <inheritdoc/>
        public override void Allocate(BlobReader reader)
        {
            base.Allocate(reader);
            Plain = new PlainWeights(reader, Rows);
            Taken = new byte[(Inputs + 2) / 3 * 3];
            sums = new int[Rows];
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            if (!base.HasRoomFor(reader))
            {
                return false;
            }

            Plain.Prepare();
            return true;
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            // Digits go as bytes with 128 added, levels count from 128: so one kernel serves both.
            Plain.Take(reader, biasesAt, at, Inputs, LevelDenseLayer.MiddleLevel);
        }

        /// <summary>From bytes to what the layer gives.</summary>
        /// <param name="x">(Inputs) bytes.</param>
        protected void Run(byte[] x)
        {
            Int8Kernels.Sums(x, Plain.Bytes, Plain.WeightsAt, Plain.Starts, sums, Inputs, Rows);
            if (Output == null)
            {
                Int8Kernels.Pack(sums, Digits, Rows, Table == null ? 1 : 0, Shifts, Table ?? NoTable);
                return;
            }

            Int8Kernels.ToFloats(sums, Scales, Output, Rows);
            if (Activation != Activation.Linear)
            {
                NativeActivation.Forward(Output, Activation, ActivationParameter, Rows);
            }
        }
    }
}
