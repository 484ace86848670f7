using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Int8
{
    /// <summary>Max and average pooling of bytes by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8Pooling : Int8Pooling
    {
        /// <summary>The kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        public NativeInt8Pooling(int code)
            : base(code)
        {
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NativeInt8PoolingLayer(reader);
        }
    }
}
