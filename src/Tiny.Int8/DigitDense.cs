using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>Fully connected layers with int8 weights behind another int8 layer: they take its digits from -127 to 127.</summary>
    /// <seealso cref="Int8Layers"/>
    public class DigitDense : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int DigitDenseCode = 3;

        /// <inheritdoc/>
        public override int Code
        {
            get { return DigitDenseCode; }
        }

        /// <summary>True: all digits are read before the first is written.</summary>
        public override bool WorksInPlace
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            BlobError error = reader.CheckBuffer(reader.Input, BlobFormat.Longs);
            return error == BlobError.None ? Int8Attributes.Measure(reader) : error;
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return Int8Check.Check(reader, false);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            DigitDenseLayer layer = new DigitDenseLayer();
            layer.Allocate(reader);
            return layer;
        }
    }
}
