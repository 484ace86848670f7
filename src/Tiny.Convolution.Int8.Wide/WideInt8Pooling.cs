using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>Max and average pooling of bytes, eight channels at a time: the same bits, in fewer instructions.</summary>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8Pooling : Int8Pooling
    {
        /// <summary>The kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        public WideInt8Pooling(int code)
            : base(code)
        {
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new WideInt8PoolingLayer(reader);
        }
    }
}
