using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Where two branches of a network meet: a node that reads a second buffer. Attributes: that
    /// buffer (1 byte), activation (1), and its parameter (4) if it has one.
    /// </summary>
    /// <seealso cref="Concat"/>
    public abstract class Merge : LayerKind
    {
        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            Activation activation;
            BlobError error = Dense.CheckActivation(reader, 1, 2, out activation);
            if (error == BlobError.None && activation == Activation.Maxout)
            {
                error = reader.FaultOfNode(BlobError.UnknownActivation, (int)activation, 0);
            }

            if (error == BlobError.None)
            {
                error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            }

            int second = error == BlobError.None ? reader.Attribute(0) : 0;
            if (error == BlobError.None)
            {
                error = reader.CheckBuffer(second, BlobFormat.Floats);
            }

            if (error == BlobError.None && reader.Dimension(second, 0) == 0)
            {
                error = reader.FaultOfNode(BlobError.ReadsBeforeWritten, second, 0);
            }

            if (error == BlobError.None && (second == reader.Output || reader.Dimension(second, 0) != reader.Dimension(reader.Input, 0)
                || reader.Dimension(second, 1) != reader.Dimension(reader.Input, 1)))
            {
                error = reader.FaultOfNode(second == reader.Output ? BlobError.OutputOverInput : BlobError.ShapeDoesNotFit, second, 0);
            }

            reader.NodeActivation = activation;
            return error == BlobError.None ? Shape(reader, second) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return BlobError.None;
        }

        /// <summary>Says the shape of what the node gives.</summary>
        protected abstract BlobError Shape(BlobReader reader, int second);
    }
}
