using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Int8
{
    /// <summary>Int8 convolutions by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8Conv2D : Int8Conv2D
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NativeFilterLayer(reader, WindowAt);
        }
    }
}
