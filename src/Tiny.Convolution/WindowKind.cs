using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Layers without weights of whose window each channel gives one value. Attributes: the <see cref="Window"/> (10 bytes).
    /// </summary>
    /// <seealso cref="MaxPooling"/>
    public abstract class WindowKind : LayerKind
    {
        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            Window window = Window.Of(reader);
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && reader.AttributeBytes != Window.Bytes)
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, Window.Bytes);
            }

            if (error == BlobError.None)
            {
                error = window.Read(reader, 0);
            }

            return error == BlobError.None
                ? reader.SetOutput(window.OutputHeight, window.OutputWidth, window.Channels, BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return BlobError.None;
        }
    }
}
