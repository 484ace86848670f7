using System.Security.Cryptography;

namespace Tiny.Training.Records;

/// <summary>The model that a record belongs to.</summary>
/// <param name="Bytes">Bytes of the blob.</param>
/// <param name="Sha256">Their SHA-256 in small hexadecimal digits.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedModel(int Bytes, string Sha256)
{
    /// <summary>A blob's size and hash.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    public static RecordedModel Of(byte[] blob) => new(blob.Length, Convert.ToHexStringLower(SHA256.HashData(blob)));
}
