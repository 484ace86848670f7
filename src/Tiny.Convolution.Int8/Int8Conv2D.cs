using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// Convolution with int8 weights, of levels or digits. Attributes behind the first two: filters (2
    /// bytes), then as <see cref="FilterKind"/> says. See BLOB-FORMAT.md, kind 11.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8Conv2D : FilterKind
    {
        /// <summary>The code of the kind.</summary>
        public const int Int8Conv2DCode = 11;

        /// <summary>Where among the attributes the window stands.</summary>
        public const int WindowAt = OwnAt + 2;

        /// <summary>The kind.</summary>
        public Int8Conv2D()
            : base(Int8Conv2DCode, WindowAt)
        {
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new Int8Conv2DLayer(reader);
        }
    }
}
