using System.Security.Cryptography;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Updating;

namespace Tiny.Training.Signing;

/// <summary>
/// Makes the signed packages that <see cref="ModelUpdater"/> takes, and keys to sign with. docs/UPDATING.md describes both byte by byte.
/// </summary>
/// <example>
/// <code>
/// byte[] key = ModelSigner.NewKey();                         // once; the boards have it too
/// byte[] package = ModelSigner.Sign(blob, 2, key);           // generation 2
/// </code>
/// </example>
public static class ModelSigner
{
    /// <summary>Bytes of a new key.</summary>
    public const int KeyBytes = 32;

    /// <summary>The fewest bytes of a key that may be signed with: shorter ones can be guessed.</summary>
    public const int LeastKeyBytes = 16;

    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A new key, from the system's random numbers.</summary>
    /// <returns><see cref="KeyBytes"/> bytes.</returns>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>
    /// The generation of what is signed at a time, if nobody counts: seconds since the beginning of 2026, UTC. It serves until 2094.
    /// </summary>
    /// <returns>1 or more; null for a time before or after.</returns>
    public static int? GenerationAt(DateTime time) =>
        (time.ToUniversalTime() - Epoch).TotalSeconds is >= 1 and <= int.MaxValue and double seconds ? (int)seconds : null;

    /// <summary>A signed package: header, blob, HMAC-SHA256 over both.</summary>
    /// <param name="blob">The bytes of the model, from the first to the last.</param>
    /// <param name="generation">1 or more; a board takes only what is above all it has seen.</param>
    /// <param name="key">The key, <see cref="LeastKeyBytes"/> bytes or more.</param>
    /// <returns>The bytes of the package.</returns>
    /// <exception cref="ArgumentNullException">There is no blob, or no key.</exception>
    /// <exception cref="ArgumentException">The blob is empty, or the key is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The generation is below 1.</exception>
    public static byte[] Sign(byte[] blob, int generation, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(blob);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(generation, 1);
        if (blob.Length == 0 || key.Length < LeastKeyBytes)
        {
            throw new ArgumentException(
                $"A model of {blob.Length} bytes and a key of {key.Length}: expected 1 and {LeastKeyBytes} or more.");
        }

        byte[] package = new byte[blob.Length + PackageFormat.Overhead];
        FloatBits.WriteInt32(package, 0, PackageFormat.Magic);
        FloatBits.WriteInt32(package, PackageFormat.VersionAt, PackageFormat.Version);
        FloatBits.WriteInt32(package, PackageFormat.LengthAt, blob.Length);
        FloatBits.WriteInt32(package, PackageFormat.GenerationAt, generation);
        FloatBits.WriteInt32(package, PackageFormat.ModelCrcAt, Crc32.Compute(0, blob, 0, blob.Length));
        FloatBits.WriteInt32(package, PackageFormat.HeaderCrcAt, Crc32.Compute(0, package, 0, PackageFormat.HeaderCrcAt));
        blob.CopyTo(package, PackageFormat.HeaderBytes);
        int signed = PackageFormat.HeaderBytes + blob.Length;
        HMACSHA256.HashData(key, package.AsSpan(0, signed), package.AsSpan(signed));
        return package;
    }

    /// <summary>What is wrong with a package, in words with the place; null if nothing is.</summary>
    /// <param name="package">Its bytes.</param>
    /// <param name="key">The bytes of the key it should be signed with.</param>
    /// <exception cref="ArgumentNullException">There is no package.</exception>
    /// <exception cref="ArgumentException">The key is missing or empty.</exception>
    public static string? FaultOf(byte[] package, byte[] key) => new PackageReader(key).Check(package, package.Length) switch
    {
        PackageError.None => null,
        PackageError.TooShort =>
            $"has {package.Length} bytes, a signed package's header has {PackageFormat.HeaderBytes}. It was cut off, or is no package",
        PackageError.NotAPackage => "does not begin with \"TSGN\", so it is no signed package. Make one with tiny sign",
        PackageError.UnsupportedVersion => $"is of version {Word(package, PackageFormat.VersionAt)} at "
                + $"byte {PackageFormat.VersionAt}, expected {PackageFormat.Version}. Sign it with this version of tiny",
        PackageError.HeaderCorrupt =>
            $"has a header that is damaged: the checksum at byte {PackageFormat.HeaderCrcAt} does not match. Get it anew",
        PackageError.GenerationOutOfRange =>
            $"says generation {Word(package, PackageFormat.GenerationAt)} at "
            + $"byte {PackageFormat.GenerationAt}, expected 1 or more. Sign it anew",
        PackageError.LengthOutOfRange =>
            $"says a model of {Word(package, PackageFormat.LengthAt)} bytes at "
            + $"byte {PackageFormat.LengthAt}, expected 1 or more. Sign it anew",
        PackageError.Truncated or PackageError.TrailingBytes =>
            $"has {package.Length} bytes, by its header it should "
            + $"have {Word(package, PackageFormat.LengthAt) + PackageFormat.Overhead}. Get it anew",
        PackageError.ModelCorrupt =>
            $"holds a model that is damaged: the checksum at byte {PackageFormat.ModelCrcAt} does not match. Get it anew",
        _ => "is not signed with this key: the signature at "
            + $"byte {package.Length - PackageFormat.MacBytes} does not match. Sign it with the key that the boards have",
    };

    private static int Word(byte[] package, int at) => FloatBits.ReadInt32(package, at);
}
