using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>Convolution with int8 weights and long kernels: the same bits, in fewer instructions.</summary>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8Conv2D : Int8Conv2D
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new WideInt8Conv2DLayer(reader);
        }
    }
}
