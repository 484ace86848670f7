using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Extras;

namespace Tiny.FewLabels
{
    /// <summary>
    /// The record of class means behind a blob's weights: for each class the mean of the features before the output layer, over the
    /// training rows, and for each feature the reciprocal of its variance within classes. See BLOB-FORMAT.md.
    /// </summary>
    /// <seealso cref="PrototypeClassifier"/>
    public sealed class PrototypeSection
    {
        /// <summary>The record's tag.</summary>
        public const int Tag = 1;

        /// <summary>The record's version.</summary>
        public const int Version = 1;

        /// <summary>Bytes before the precisions.</summary>
        public const int HeadBytes = 8;

        /// <summary>Classes.</summary>
        public readonly int Classes;

        /// <summary>Features before the output layer.</summary>
        public readonly int Features;

        /// <summary>
        /// What squared distances are divided by to become twice negative logarithms of probabilities: features are not independent.
        /// </summary>
        public readonly float Temperature;

        /// <summary>(features) reciprocals of the variances within classes.</summary>
        public readonly float[] Precisions;

        /// <summary>(classes)(features) means.</summary>
        public readonly float[][] Means;

        /// <summary>Reads the record of a blob and checks every number of it.</summary>
        /// <param name="blob">The bytes of the model, from the first to the last. Not kept.</param>
        /// <param name="network">The network, loaded with it.</param>
        /// <exception cref="BlobException">The blob is wrong in some way, has no such record, or one
        /// that does not fit the network.</exception>
        /// <exception cref="System.ArgumentNullException">There is no blob, or no network.</exception>
        public PrototypeSection(byte[] blob, Network network)
        {
            Guard.NotNull(blob, "blob");
            BlobReader reader = new BlobReader();
            reader.ThrowIf(reader.Open(blob, 0, blob.Length));
            int bytes;
            int at = ExtraRecord.Find(reader, Tag, out bytes);
            int features = network.GetLayer(network.LayerCount - 1).Inputs;
            int classes = network.Outputs;
            int expected = HeadBytes + 4 * features * (1 + classes);
            if (at == 0 || reader.ByteAt(at - 3) != Version || bytes != expected)
            {
                reader.ThrowIf(reader.Fault(BlobError.UnknownSection, at == 0 ? BlobFormat.SectionsAt : at, bytes, expected));
            }

            BlobError error = reader.CheckFinite(at + 4, at + bytes);
            if (error == BlobError.None)
            {
                error = reader.CheckScales(at + 4, at + HeadBytes + 4 * features, 4, false);
            }

            int shape = reader.Int32At(at);
            if (error == BlobError.None && shape != ((classes << 16) | features))
            {
                error = reader.Fault(BlobError.UnknownSection, at, shape, (classes << 16) | features);
            }

            reader.ThrowIf(error);

            Classes = classes;
            Features = features;
            Temperature = reader.FloatAt(at + 4);
            Precisions = Floats(reader, at + HeadBytes, features);
            Means = new float[classes][];
            for (int k = 0; k < classes; k++)
            {
                Means[k] = Floats(reader, at + HeadBytes + 4 * features * (1 + k), features);
            }
        }

        private static float[] Floats(BlobReader reader, int at, int count)
        {
            float[] values = new float[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = reader.FloatAt(at + 4 * i);
            }

            return values;
        }
    }
}
