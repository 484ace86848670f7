using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Sparse.Int8;

namespace Tiny.Native.Sparse.Int8
{
    /// <summary>Sparse int8 layers by the firmware's C: the same bits.</summary>
    /// <example>
    /// <code>
    /// NativeSparseLevels.Register();                             // once, before a model with sparse int8 layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class NativeSparseLevels : SparseLevels
    {
        /// <summary>
        /// Makes these kernels those of all sparse int8 layers from now on. The dense ones behind them are those of NativeInt8, if a
        /// program has registered it.
        /// </summary>
        public static new void Register()
        {
            SparseLevels.Register();
            LayerKinds.Register(new NativeSparseLevels());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            NativeSparseLevelLayer layer = new NativeSparseLevelLayer(reader);
            layer.Allocate(reader);
            return layer;
        }
    }
}
