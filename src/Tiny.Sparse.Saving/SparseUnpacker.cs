using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Sparse.Saving
{
    /// <summary>Writes sparse float32 layers into blobs.</summary>
    /// <example>
    /// <code>
    /// SparseDense.Register();
    /// SparseUnpacker.Register();                                 // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public class SparseUnpacker : LayerUnpacker
    {
        /// <summary>Models with sparse float32 layers can be saved as whole blobs.</summary>
        public static void Register()
        {
            LayerUnpackers.Register(new SparseUnpacker());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return SparseDense.SparseCode; }
        }

        /// <inheritdoc/>
        public override int Measure(Layer layer)
        {
            SparseLayer sparse = (SparseLayer)layer;
            return 4 * sparse.ParameterCount + IndexWriter.Measure(sparse.Index, sparse.Rows);
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            SparseLayer sparse = (SparseLayer)layer;
            for (int row = 0; row < sparse.Rows; row++)
            {
                FloatBits.Write(buffer, at, sparse.Biases[row]);
                at += 4;
            }

            at = IndexWriter.Write(sparse.Index, sparse.Rows, buffer, at);
            for (int run = 0; run < sparse.Weights.Length; run++)
            {
                float[] weights = sparse.Weights[run];
                int count = SparseRows.CountOf(weights.Length);
                for (int i = 0; i < count; i++)
                {
                    FloatBits.Write(buffer, at, weights[i]);
                    at += 4;
                }
            }

            return at;
        }

        /// <inheritdoc/>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            return at; // it takes values, not levels
        }

        /// <inheritdoc/>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            layer.CopyParameters(destination, first, count);
        }

        /// <inheritdoc/>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            layer.CopyOutputs(values);
        }
    }
}
