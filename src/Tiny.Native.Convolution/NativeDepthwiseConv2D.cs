using Tiny.Convolution;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Convolution
{
    /// <summary>Float32 depthwise convolutions by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeDepthwiseConv2D : DepthwiseConv2D
    {
        /// <summary>Makes these kernels those of all float32 depthwise convolutions from now on.</summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeDepthwiseConv2D());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Window window = Window.Of(reader);
            Dense.Prepare((Activation)reader.Attribute(ActivationAt));
            window.Read(reader, 0);
            return new NativeDepthwiseConv2DLayer(window.Channels, window.Taps);
        }
    }
}
