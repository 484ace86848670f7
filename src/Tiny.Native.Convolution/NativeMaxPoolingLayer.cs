using Tiny.Convolution;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>The largest value under the window, of each channel, by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeMaxPoolingLayer : MaxPoolingLayer
    {
        private readonly int[] numbers = new int[NativeWindow.Count];

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            NativeWindow.Read(reader, 0, Window, numbers);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            NativeScaling.Normalize(scaling, Input, sample, Inputs);
            Run(Input, Output);
        }

        /// <inheritdoc/>
        public override void Run(float[] x, float[] z)
        {
            WindowKernels.MaxPooling(x, z, numbers);
        }
    }
}
