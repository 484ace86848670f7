using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Updating.Tests;

/// <summary>Each field of a package is looked at, and each has an error of its own.</summary>
public class PackageReaderTests
{
    private static readonly byte[] Package = Models.Signed(Models.Factory, 7);

    public static TheoryData<string, PackageError> Faults => new()
    {
        { "none", PackageError.None },
        { "twenty bytes", PackageError.TooShort },
        { "a bare model", PackageError.NotAPackage },
        { "version 2", PackageError.UnsupportedVersion },
        { "another generation", PackageError.HeaderCorrupt },
        { "generation 0, sealed", PackageError.GenerationOutOfRange },
        { "length 0, sealed", PackageError.LengthOutOfRange },
        { "cut off", PackageError.Truncated },
        { "one byte more", PackageError.TrailingBytes },
        { "a byte of the model", PackageError.ModelCorrupt },
        { "a byte of the model, sealed", PackageError.WrongSignature },
        { "another generation, sealed", PackageError.WrongSignature },
        { "a byte of the signature", PackageError.WrongSignature },
        { "another key", PackageError.WrongSignature },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_has_its_error(string fault, PackageError expected)
    {
        byte[] package = Damaged(fault);
        Assert.Equal(expected, new PackageReader(Models.Key).Check(package, package.Length));
        Assert.Equal(expected == PackageError.None, Training.Signing.ModelSigner.FaultOf(package, Models.Key) is null);
    }

    [Fact]
    public void No_flipped_bit_anywhere_passes()
    {
        PackageReader reader = new(Models.Key);
        for (int bit = 0; bit < 8 * Package.Length; bit++)
        {
            byte[] package = [.. Package];
            package[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(PackageError.None, reader.Check(package, package.Length));
        }

        Assert.Equal(PackageError.None, reader.Check(Package, Package.Length));
    }

    [Fact]
    public void What_stands_behind_the_package_in_the_array_does_not_matter()
    {
        byte[] longer = [.. Package, 1, 2, 3];
        Assert.Equal(PackageError.None, new PackageReader(Models.Key).Check(longer, Package.Length));
        Assert.Equal((7, Models.Factory.Length), (PackageReader.GenerationOf(Package), PackageReader.BlobBytesOf(Package)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PackageReader(Models.Key).Check(Package, Package.Length + 1));
    }

    private static byte[] Damaged(string fault)
    {
        byte[] package = [.. Package];
        switch (fault)
        {
            case "twenty bytes":
                return package[..20];
            case "a bare model":
                return Models.Factory;
            case "version 2":
                FloatBits.WriteInt32(package, PackageFormat.VersionAt, 2);
                break;
            case "another generation" or "another generation, sealed":
                FloatBits.WriteInt32(package, PackageFormat.GenerationAt, 8);
                break;
            case "generation 0, sealed":
                FloatBits.WriteInt32(package, PackageFormat.GenerationAt, 0);
                break;
            case "length 0, sealed":
                FloatBits.WriteInt32(package, PackageFormat.LengthAt, 0);
                break;
            case "cut off":
                return package[..^1];
            case "one byte more":
                return [.. package, 0];
            case "a byte of the model" or "a byte of the model, sealed":
                package[PackageFormat.HeaderBytes + 100]++;
                break;
            case "a byte of the signature":
                package[^5]++;
                break;
            case "another key":
                return Models.Signed(Models.Factory, 7, Models.OtherKey);
        }

        if (fault.EndsWith(", sealed", StringComparison.Ordinal))
        {
            FloatBits.WriteInt32(package, PackageFormat.ModelCrcAt,
                Crc32.Compute(0, package, PackageFormat.HeaderBytes, Models.Factory.Length));
            FloatBits.WriteInt32(package, PackageFormat.HeaderCrcAt, Crc32.Compute(0, package, 0, PackageFormat.HeaderCrcAt));
        }

        return package;
    }
}
