using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Native.Int8
{
    /// <summary>Int8 layers behind others by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeDigitDense : DigitDense
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            NativeDigitDenseLayer layer = new NativeDigitDenseLayer();
            layer.Allocate(reader);
            return layer;
        }
    }
}
