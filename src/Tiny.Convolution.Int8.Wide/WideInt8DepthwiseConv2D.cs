using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>
    /// Depthwise convolution with int8 weights and a kernel for windows of three by three: the same bits, in fewer instructions.
    /// </summary>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8DepthwiseConv2D : Int8DepthwiseConv2D
    {
        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new WideInt8DepthwiseConv2DLayer(reader);
        }
    }
}
