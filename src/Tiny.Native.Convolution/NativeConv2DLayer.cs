using Tiny.Convolution;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>A float32 convolution by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeConv2DLayer : Conv2DLayer
    {
        private readonly int[] numbers = new int[NativeWindow.Count];
        private readonly NativeDenseLayer plain;

        /// <summary>A layer with room for so many filters of so many values each; dense layers are native ones.</summary>
        /// <param name="filters">Filters, 1 or more.</param>
        /// <param name="patch">Values under the window: taps * channels.</param>
        public NativeConv2DLayer(int filters, int patch)
            : base(filters, patch)
        {
            plain = (NativeDenseLayer)Filters;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            NativeWindow.Read(reader, Conv2D.WindowAt, Window, numbers);
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            Activation function = plain.Activation;
            if (function != Activation.Relu && function != Activation.Linear)
            {
                NativeActivation.Forward(Output, function, plain.ActivationParameter, Outputs);
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
            float floor = plain.Activation == Activation.Relu ? 0f : float.NegativeInfinity;
            WindowKernels.Convolution(x, plain.Plain, plain.Biases, z, numbers, plain.Rows, floor, Patch);
        }
    }
}
