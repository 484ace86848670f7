using Tiny.Convolution;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>A float32 convolution of each channel by itself by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeDepthwiseConv2DLayer : DepthwiseConv2DLayer
    {
        private readonly int[] numbers = new int[NativeWindow.Count];

        /// <summary>A layer with room for so many channels and taps.</summary>
        /// <param name="channels">Channels, 1 or more.</param>
        /// <param name="taps">Taps of the window, 1 or more.</param>
        public NativeDepthwiseConv2DLayer(int channels, int taps)
            : base(channels, taps)
        {
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            NativeWindow.Read(reader, 0, Window, numbers);
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            if (Activation != Activation.Linear)
            {
                NativeActivation.Forward(Output, Activation, ActivationParameter, Outputs);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            NativeScaling.Normalize(scaling, Input, sample, Inputs);
            Forward();
        }

        /// <inheritdoc/>
        public override void Sums(float[] z, float[] x)
        {
            WindowKernels.DepthwiseConvolution(x, Weights, Biases, z, numbers);
        }
    }
}
