using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Int8;

namespace Tiny.Native.Int8
{
    /// <summary>An int8 layer behind another, of digits three to a long.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeDigitDenseLayer : NativeInt8Layer
    {
        private long[] from;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return DigitDense.DigitDenseCode; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            from = (long[])buffers[reader.Input];
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Int8Kernels.Unpack(from, Taken, Inputs);
            Run(Taken);
        }
    }
}
