using Mono.Cecil;
using Tiny.Emulator.Deployment;

namespace Tiny.Emulator.Tests.Deployment;

/// <summary>What a program carries of Tiny's assemblies is held to its budget, so that small boards keep their room.</summary>
public class BudgetTests
{
    private const int Kilobyte = 1024;

    [Theory]
    [InlineData("predicts from a float32 blob", 30, "Tiny.Core")]
    [InlineData("predicts from an int8 blob", 30, "Tiny.Core", "Tiny.Int8")]
    [InlineData("learns besides", 12, "Tiny.Learning")]
    [InlineData("uses float32 convolutions besides", 12, "Tiny.Convolution")]
    [InlineData("uses int8 convolutions besides", 12, "Tiny.Convolution.Int8")]
    [InlineData("uses recurrence besides", 10, "Tiny.Recurrence")]
    [InlineData("uses int8 recurrence besides", 11, "Tiny.Recurrence.Int8")]
    [InlineData("streams besides", 4, "Tiny.Streaming")]
    [InlineData("streams convolutions besides", 2, "Tiny.Convolution.Streaming")]
    public void A_program_that(string does, int kilobytes, params string[] assemblies)
    {
        PeSize[] sizes = [.. assemblies.Select(Size)];
        int bytes = sizes.Sum(size => size.Bytes);
        Assert.True(bytes <= kilobytes * Kilobyte,
            $"a program that {does} carries {bytes} bytes ({string.Join(", ", sizes.Select(size => $"{size.Name} {size.Bytes}"))}), at "
                + $"most {kilobytes * Kilobyte}");
        Assert.InRange(bytes, kilobytes * Kilobyte / 3, int.MaxValue); // it looked at whole assemblies
    }

    private static PeSize Size(string name)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(DeviceProgram.LibraryFolder, name + ".dll"));
        return PeSize.Of(assembly, PeSize.NamesOf(Programs.Core.Assemblies.Single(core => core.Name.Name == "mscorlib")));
    }
}
