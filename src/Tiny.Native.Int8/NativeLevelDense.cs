using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Native.Int8
{
    /// <summary>First int8 layers by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeLevelDense : LevelDense
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            NativeLevelDenseLayer layer = new NativeLevelDenseLayer();
            layer.Allocate(reader);
            return layer;
        }
    }
}
