using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8.Wide
{
    /// <summary>Int8 layers of levels with kernels of up to 128 inputs at once: the same bits, in fewer instructions.</summary>
    /// <example>
    /// <code>
    /// WideLevelDense.Register();                                 // once, before a model with int8 layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class WideLevelDense : LevelDense
    {
        /// <summary>Makes int8 layers known to the core, with these kernels.</summary>
        public static void Register()
        {
            Int8Layers.Register();
            LayerKinds.Register(new WideLevelDense());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            WideLevelDenseLayer layer = new WideLevelDenseLayer();
            layer.Allocate(reader);
            return layer;
        }
    }
}
