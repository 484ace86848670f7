using Tiny.Convolution;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Convolution
{
    /// <summary>Global averages of float32 by the firmware's C.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public sealed class NativeGlobalAverage : GlobalAverage
    {
        /// <summary>Makes these kernels those of all float32 layers of the kind from now on.</summary>
        public static new void Register()
        {
            LayerKinds.Register(new NativeGlobalAverage());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NativeGlobalAverageLayer();
        }
    }
}
