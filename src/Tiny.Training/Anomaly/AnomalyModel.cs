using System.Text;
using Tiny.Anomaly;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Desk;

namespace Tiny.Training.Anomaly;

/// <summary>A detector as the desk has it: the blob, its network, and the device's own scores.</summary>
/// <seealso cref="AnomalyTrainer"/>
public sealed class AnomalyModel
{
    private readonly AnomalyDetector detector;

    private AnomalyModel(byte[] blob, byte[] record)
    {
        Blob = blob;
        Network = Network.FromBlob(blob);
        detector = new AnomalyDetector(Network, blob, learns: false);
        IsAutoencoder = record[0] == AnomalySection.Autoencoder;
        string names = Encoding.UTF8.GetString(record, AnomalySection.HeadBytes, FloatBits.ReadUInt16(record, 2));
        Normal = names.Length == 0 ? [] : names.Split('\n');
    }

    /// <summary>The blob.</summary>
    public byte[] Blob { get; }

    /// <summary>Its network.</summary>
    public Network Network { get; }

    /// <summary>Whether the network gives its inputs again; else its one output is the score.</summary>
    public bool IsAutoencoder { get; }

    /// <summary>The labels of what it learned as normal; empty where rows had none.</summary>
    public IReadOnlyList<string> Normal { get; }

    /// <summary>A score above this is an anomaly.</summary>
    public float Threshold => detector.Threshold;

    /// <summary>The detector of a blob; null if the blob is none of one.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <exception cref="Core.Blobs.BlobException">The blob is wrong in some way.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    public static AnomalyModel? Of(byte[] blob) => BlobExtras.Find(blob, AnomalySection.Tag) is byte[] record
        ? new AnomalyModel(blob, record) : null;

    /// <summary>A blob that is a detector, by its record.</summary>
    /// <param name="blob">The blob of its network.</param>
    /// <param name="isAutoencoder">Whether the network gives its inputs again.</param>
    /// <param name="threshold">A score above this is an anomaly.</param>
    /// <param name="normal">The labels of what is normal.</param>
    /// <exception cref="ArgumentException">The threshold is not finite, or the blob has such a record already.</exception>
    public static byte[] ToBlob(byte[] blob, bool isAutoencoder, float threshold, IReadOnlyList<string> normal)
    {
        byte[] names = Encoding.UTF8.GetBytes(string.Join('\n', normal));
        byte[] record = new byte[AnomalySection.HeadBytes + ((names.Length + 3) & ~3)];
        record[0] = (byte)(isAutoencoder ? AnomalySection.Autoencoder : AnomalySection.Distance);
        FloatBits.WriteUInt16(record, 2, names.Length);
        FloatBits.Write(record, 4, threshold);
        names.CopyTo(record, AnomalySection.HeadBytes);
        return BlobExtras.With(blob, AnomalySection.Tag, AnomalySection.Version, record);
    }

    /// <summary>The score of a row, as the device computes it.</summary>
    /// <param name="row">(inputs), in the user's units.</param>
    /// <returns>0 or more; an anomaly above the threshold.</returns>
    /// <exception cref="ArgumentException">The row has the wrong length, or a value of it is not finite.</exception>
    public float Score(float[] row) => detector.Score(row);

    /// <summary>What each input adds to the score of a row.</summary>
    /// <param name="row">(inputs), in the user's units.</param>
    /// <returns>(inputs).</returns>
    /// <exception cref="ArgumentException">The row has the wrong length, or a value of it is not finite.</exception>
    public float[] Contributions(float[] row) => [.. Enumerable.Range(0, row.Length).Select(input => detector.Contribution(row, input))];
}
