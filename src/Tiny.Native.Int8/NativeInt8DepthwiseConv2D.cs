using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Int8
{
    /// <summary>Int8 convolutions of each channel by itself, by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8DepthwiseConv2D : Int8DepthwiseConv2D
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NativeFilterLayer(reader, WindowAt);
        }
    }
}
