using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Streaming
{
    /// <summary>
    /// The latest rows of a signal, for a layer behind that goes over them as it goes over a window: those that are new, and before them
    /// some of the samples that came earlier. So a convolution, a pool
    /// or a mean computes what is new alone, with its own kernels and its own order of summation. Attributes: rows kept (2 bytes). No
    /// weights. It gives rows kept + rows new, from the oldest to the
    /// latest, 0 for those before the first.
    /// </summary>
    /// <example>
    /// <code>
    /// Ring.Register();                                           // once, before a model with layers of a stream is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Ring : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int RingCode = 40;

        /// <summary>Bytes of attributes.</summary>
        public const int Bytes = 2;

        /// <inheritdoc/>
        public override int Code
        {
            get { return RingCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Ring());
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && (reader.AttributeBytes != Bytes || reader.AttributeUInt16(0) == 0))
            {
                error = reader.FaultOfNode(BlobError.AttributesMalformed, reader.AttributeBytes, Bytes);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            int rows = reader.Dimension(reader.Input, 0) + reader.AttributeUInt16(0);
            return reader.SetOutput(rows, reader.Dimension(reader.Input, 1), reader.Dimension(reader.Input, 2), BlobFormat.Floats);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return BlobError.None;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new RingLayer();
        }
    }
}
