using Mono.Cecil;
using Tiny.Emulator;
using Tiny.Emulator.Deployment;

namespace Tiny.Convolution.Tests;

/// <summary>What a board carries for convolutions, by the estimate of its .pe files.</summary>
public class FlashTests
{
    [Theory]
    [InlineData("Tiny.Convolution")]
    [InlineData("Tiny.Convolution.Int8")]
    public void Who_predicts_with_convolutions_carries_at_most_12_KB_more(string name)
    {
        IReadOnlySet<string> framework =
            PeSize.NamesOf(DeviceProgram.Load(DeviceProgram.CorePath).Assemblies.Single(assembly => assembly.Name.Name == "mscorlib"));
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(Path.Combine(DeviceProgram.LibraryFolder, name + ".dll"));
        Assert.InRange(PeSize.Of(assembly, framework).Bytes, 1, 12 * 1024);
        Assert.DoesNotContain(assembly.MainModule.AssemblyReferences,
            reference => reference.Name.StartsWith("Tiny.Convolution", StringComparison.Ordinal));
    }
}
