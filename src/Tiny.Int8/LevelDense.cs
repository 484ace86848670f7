using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>
    /// Fully connected layers with int8 weights that take the user's sample as levels from 0 to 255: always the first of a network.
    /// </summary>
    /// <seealso cref="Int8Layers"/>
    public class LevelDense : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int LevelDenseCode = 2;

        /// <inheritdoc/>
        public override int Code
        {
            get { return LevelDenseCode; }
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            return reader.Input == BlobFormat.Sample
                ? Int8Attributes.Measure(reader)
                : reader.FaultOfNode(BlobError.InputFormDoesNotFit, (int)InputForm.Values, (int)InputForm.Levels);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return Int8Check.Check(reader, true);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            LevelDenseLayer layer = new LevelDenseLayer();
            layer.Allocate(reader);
            return layer;
        }
    }
}
