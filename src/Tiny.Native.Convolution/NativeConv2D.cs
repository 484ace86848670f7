using Tiny.Convolution;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>Float32 convolutions by the firmware's C: all places in one call.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeConv2D : Conv2D
    {
        /// <summary>Makes these kernels those of all float32 convolutions from now on.</summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeConv2D());
        }

        /// <summary>
        /// A layer by the C where the filters have their weights in one array: a program may have registered other dense layers since.
        /// </summary>
        public override Layer Create(BlobReader reader)
        {
            if (!(LayerKinds.Find(Dense.DenseCode) is NativeDense))
            {
                return base.Create(reader);
            }

            Window window = Window.Of(reader);
            Dense.Prepare((Activation)reader.Attribute(ActivationAt));
            window.Read(reader, WindowAt);
            return new NativeConv2DLayer(reader.AttributeUInt16(0), window.Taps * window.Channels);
        }
    }
}
