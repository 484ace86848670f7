using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Sparse
{
    /// <summary>
    /// Fully connected layers of which only some float32 weights are there: z[u] = bias[u] + the products of the row's
    /// weights, inputs ascending, one accumulator; then the activation. Attributes as those of a dense layer. Weights:
    /// biases, indices as <see cref="IndexReader"/> reads them, weights row by row.
    /// </summary>
    /// <example>
    /// <code>
    /// SparseDense.Register();                                    // once, before a model with sparse layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class SparseDense : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int SparseCode = 17;

        /// <summary>Makes sparse float32 layers known to the core.</summary>
        public static void Register()
        {
            LayerKinds.Register(new SparseDense());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return SparseCode; }
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            Activation activation;
            BlobError error = Dense.CheckActivation(reader, Dense.ActivationAt, Dense.ActivationAt + 1, out activation);
            if (error != BlobError.None)
            {
                return error;
            }

            int rows = Dense.RowsOf(reader);
            reader.NodeActivation = activation;
            IndexReader index = IndexReader.Of(reader);
            long bytes = index.Measure(reader, reader.WeightsAt < 0 ? -1 : reader.WeightsAt + 4 * rows, rows);
            if (bytes < 0)
            {
                return reader.Fault(BlobError.IndexMalformed, reader.WeightsAt + 4 * rows, index.Bits, index.Weights);
            }

            reader.SetWeights(4L * rows + bytes + 4L * index.Weights);
            error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            if (error == BlobError.None && rows > reader.BufferLength(reader.Output))
            {
                error = reader.FaultOfNode(BlobError.BufferTooSmall, reader.BufferLength(reader.Output), rows);
            }

            return error == BlobError.None ? reader.SetOutput(1, 1, reader.AttributeUInt16(0), BlobFormat.Floats) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            int rows = Dense.RowsOf(reader);
            int indexAt = reader.WeightsAt + 4 * rows;
            IndexReader index = IndexReader.Of(reader);
            BlobError error = index.Raw != 0 && reader.Node != 0
                ? reader.Fault(BlobError.IndexMalformed, indexAt + 1, index.Raw, 0) : index.Check(reader, indexAt, rows);
            if (error == BlobError.None)
            {
                error = reader.CheckFinite(reader.WeightsAt, indexAt);
            }

            return error == BlobError.None ? reader.CheckFinite(
                reader.WeightsAt + reader.WeightBytes - 4 * index.Weights, reader.WeightsAt + reader.WeightBytes) : error;
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare(reader);
            return new SparseLayer(reader);
        }
    }
}
