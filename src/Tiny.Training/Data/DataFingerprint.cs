namespace Tiny.Training.Data;

/// <summary>What tells a file from any other, whatever it is called.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in small hexadecimal digits.</param>
/// <seealso cref="DataFile"/>
public sealed record DataFingerprint(long Bytes, string Sha256);
