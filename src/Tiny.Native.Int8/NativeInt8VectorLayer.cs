using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;

namespace Tiny.Native.Int8
{
    /// <summary>The global average of each channel, or all values as they stand: as digits or as floats.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8VectorLayer : NativeByteLayer
    {
        /// <summary>(outputs / 3) the buffer of digits that the layer writes; null where it gives floats.</summary>
        public long[] Digits;

        private int factor; // 0 of flattening
        private float scale;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public NativeInt8VectorLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        protected override int FixedAttributes
        {
            get { return ByteKind.OwnAt; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Digits = buffers[reader.Output] as long[];
            scale = Output == null ? 0f : reader.AttributeFloat(Int8Vector.FactorAt);
            factor = Output == null && Kind == Int8Vector.GlobalAverageCode ? Int8Vector.Factor(reader) : 0;
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            int places = Inputs / Outputs;
            if (Output != null)
            {
                Int8Kernels.MeanFloats(x, Output, places, Outputs, Zero, scale);
            }
            else if (factor == 0)
            {
                Int8Kernels.PackBytes(x, Digits, (Outputs + 2) / 3, Zero);
            }
            else
            {
                Int8Kernels.MeanDigits(x, Digits, places, Outputs, Zero, factor);
            }
        }
    }
}
