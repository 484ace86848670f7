namespace Tiny.Emulator.Deployment;

/// <summary>
/// The framework's assemblies whose .pe files are known: what they take of flash, and of heap once they are loaded. They
/// are made with more left out than the packages' own assemblies show, so they are not estimated.
/// </summary>
internal static class FrameworkSizes
{
    private static readonly Dictionary<string, (int Flash, int Heap)> Known = new()
    {
        ["mscorlib"] = (32_536, 4_056),
        ["System.Math"] = (1_076, 288),
        ["nanoFramework.Runtime.Native"] = (1_620, 420),
        ["nanoFramework.System.Collections"] = (4_244, 660),
        ["nanoFramework.System.Text"] = (5_412, 636),
        ["nanoFramework.TestFramework"] = (8_472, 960),
    };

    /// <summary>What an assembly takes: as known, else as estimated; of a package that only a table stands for, the heap alone.</summary>
    internal static AssemblyNeeds Of(PeSize estimate) => Known.TryGetValue(estimate.Name, out (int Flash, int Heap) known)
        ? new(estimate.Name, known.Flash, known.Heap)
        : new(estimate.Name, DeviceProgram.HasCode(estimate.Name) ? estimate.Bytes : 0, estimate.HeapBytes);
}
