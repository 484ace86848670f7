using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// Max and average pooling of bytes. Attributes behind the first two: the window (10 bytes). See BLOB-FORMAT.md, kinds 13 and 14.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8Pooling : ByteKind
    {
        /// <summary>The code of max pooling.</summary>
        public const int MaxCode = 13;

        /// <summary>The code of average pooling.</summary>
        public const int AverageCode = 14;

        /// <summary>The kind of this code.</summary>
        /// <param name="code">The code of the kind.</param>
        public Int8Pooling(int code)
            : base(code)
        {
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            int[] window = ByteWindow.Of(reader);
            BlobError error = CheckInput(reader, OwnAt + ByteWindow.Bytes);
            if (error == BlobError.None && reader.AttributeBytes != OwnAt + ByteWindow.Bytes)
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, OwnAt + ByteWindow.Bytes);
            }

            if (error == BlobError.None)
            {
                error = ByteWindow.Read(reader, OwnAt, window);
            }

            if (error == BlobError.None)
            {
                error = CheckLevels(reader, reader.Inputs);
            }

            return error == BlobError.None ? reader.SetOutput(
                window[ByteWindow.OutputHeight], window[ByteWindow.OutputWidth], window[ByteWindow.Channels], TypeOf(reader)) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new Int8PoolingLayer(reader);
        }
    }
}
