using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Native.Int8
{
    /// <summary>The global average of bytes, or all of them as they stand, by the firmware's C.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8Vector : Int8Vector
    {
        /// <summary>The kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        public NativeInt8Vector(int code)
            : base(code)
        {
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new NativeInt8VectorLayer(reader);
        }
    }
}
