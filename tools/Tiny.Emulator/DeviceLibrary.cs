using Tiny.Emulator.Deployment;

namespace Tiny.Emulator;

/// <summary>The assemblies of the device library that a program carries, and what it calls once to make their layer kinds known.</summary>
/// <param name="Assemblies">Their names, those behind them not among them.</param>
/// <param name="Registrations">The types whose method Register is called, in this order.</param>
public sealed record DeviceLibrary(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Registrations)
{
    // Of a blob: its version, and where it begins that it is of an older one.
    private const int VersionAt = 4;
    private const int Version = 2;

    /// <summary>All kinds with the kernels of large boards, as the desk has them.</summary>
    public static DeviceLibrary Wide { get; } = new(
        ["Tiny.Learning.Wide", "Tiny.Int8.Wide", "Tiny.Features"], ["Tiny.Learning.Wide.WideLearning", "Tiny.Int8.Wide.WideLevelDense"]);

    /// <summary>All kinds with the kernels of small boards.</summary>
    public static DeviceLibrary Small { get; } = new(["Tiny.Learning", "Tiny.Int8", "Tiny.Features"], ["Tiny.Int8.Int8Layers"]);

    /// <summary>The same with what reads a blob of an older version, if this is one.</summary>
    public DeviceLibrary For(byte[] blob) => blob.Length <= VersionAt || blob[VersionAt] >= Version || blob[VersionAt] == 0
        ? this
        : new DeviceLibrary([.. Assemblies, "Tiny.Version1"], [.. Registrations, "Tiny.Version1.Version1Format"]);

    /// <summary>The program of these assemblies.</summary>
    /// <exception cref="EmulatorException">One is missing.</exception>
    public DeviceProgram Load() => DeviceProgram.Load([.. Assemblies.Select(PathOf)]);

    /// <summary>Makes the kinds known on a machine.</summary>
    public void Register(Machine machine)
    {
        foreach (string type in Registrations)
        {
            machine.Invoke(type, "Register");
        }
    }

    /// <summary>What each assembly takes of a board's flash, those behind them included, the framework first.</summary>
    public IReadOnlyList<PeSize> Sizes() => PeSize.OfAll(Load());

    private static string PathOf(string name) => Path.IsPathRooted(name) ? name : Path.Combine(DeviceProgram.LibraryFolder, name + ".dll");
}
