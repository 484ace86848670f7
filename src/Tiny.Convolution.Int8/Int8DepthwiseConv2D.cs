using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// Depthwise convolution with int8 weights, of levels or digits. Attributes behind the first
    /// two: as <see cref="FilterKind"/> says. See BLOB-FORMAT.md, kind 12.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8DepthwiseConv2D : FilterKind
    {
        /// <summary>The code of the kind.</summary>
        public const int Int8DepthwiseConv2DCode = 12;

        /// <summary>Where among the attributes the window stands.</summary>
        public const int WindowAt = OwnAt;

        /// <summary>The kind.</summary>
        public Int8DepthwiseConv2D()
            : base(Int8DepthwiseConv2DCode, WindowAt)
        {
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new Int8DepthwiseConv2DLayer(reader);
        }
    }
}
