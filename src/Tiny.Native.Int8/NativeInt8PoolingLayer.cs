using Tiny.Convolution.Int8;
using Tiny.Core.Blobs;

namespace Tiny.Native.Int8
{
    /// <summary>The largest byte under the window, or the mean, of each channel.</summary>
    /// <seealso cref="NativeInt8"/>
    public sealed class NativeInt8PoolingLayer : NativeByteLayer
    {
        /// <summary>(<see cref="ByteWindow.Count"/>), how the window walks.</summary>
        public readonly int[] Window = new int[ByteWindow.Count];

        /// <summary>A layer for the node at which the reader stands.</summary>
        public NativeInt8PoolingLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            ByteWindow.Read(reader, ByteKind.OwnAt, Window);
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            Int8Kernels.Pool(x, Bytes, Window, Kind == Int8Pooling.MaxCode ? 1 : 0);
        }
    }
}
