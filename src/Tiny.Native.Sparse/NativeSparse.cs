using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Sparse;

namespace Tiny.Native.Sparse
{
    /// <summary>Sparse float32 layers by the firmware's C: the same bits.</summary>
    /// <example>
    /// <code>
    /// NativeSparse.Register();                                   // once, before a model with sparse layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class NativeSparse : SparseDense
    {
        /// <summary>
        /// Makes these kernels those of all sparse float32 layers from now on. A program that learns calls SparseLearning.Register before.
        /// </summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeSparse());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare(reader);
            return new NativeSparseLayer(reader);
        }
    }
}
