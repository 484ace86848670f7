using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Extras;

namespace Tiny.Anomaly
{
    /// <summary>
    /// The record behind the weights of a blob that tells anomalies: what its outputs are, and
    /// from which score on a sample is one. See BLOB-FORMAT.md.
    /// </summary>
    /// <seealso cref="AnomalyDetector"/>
    public sealed class AnomalySection
    {
        /// <summary>The record's tag.</summary>
        public const int Tag = 2;

        /// <summary>The record's version.</summary>
        public const int Version = 1;

        /// <summary>Bytes before the names of what is normal.</summary>
        public const int HeadBytes = 8;

        /// <summary>The one output is the score.</summary>
        public const int Distance = 0;

        /// <summary>The outputs are the inputs, as far as the network can tell them: the score is the mean squared error.</summary>
        public const int Autoencoder = 1;

        /// <summary>Which of the two.</summary>
        public readonly int Kind;

        /// <summary>A score above this is an anomaly.</summary>
        public readonly float Threshold;

        /// <summary>Reads the record of a blob.</summary>
        /// <param name="blob">The bytes of the model, from the first to the last. Not kept.</param>
        /// <param name="network">The network, loaded with it.</param>
        /// <exception cref="BlobException">The blob is wrong in some way, has no such record, or one
        /// that does not fit the network.</exception>
        /// <exception cref="System.ArgumentNullException">There is no blob, or no network.</exception>
        public AnomalySection(byte[] blob, Network network)
        {
            Guard.NotNull(blob, "blob");
            BlobReader reader = new BlobReader();
            reader.ThrowIf(reader.Open(blob, 0, blob.Length));
            int bytes;
            int at = ExtraRecord.Find(reader, Tag, out bytes);
            if (at == 0 || reader.ByteAt(at - 3) != Version || bytes < HeadBytes || network.Task != NetworkTask.Regression)
            {
                reader.ThrowIf(reader.Fault(BlobError.UnknownSection, at == 0 ? BlobFormat.SectionsAt : at, bytes, HeadBytes));
            }

            Kind = reader.ByteAt(at);
            Threshold = reader.FloatAt(at + 4);
            if (Kind > Autoencoder || network.Outputs != (Kind == Distance ? 1 : network.Inputs))
            {
                reader.ThrowIf(reader.Fault(BlobError.UnknownSection, at, network.Outputs, network.Inputs));
            }

            BlobError error = reader.CheckFinite(at + 4, at + HeadBytes);
            error = error == BlobError.None ? reader.CheckScales(at + 4, at + HeadBytes, 4, false) : error;
            reader.ThrowIf(error);
        }
    }
}
