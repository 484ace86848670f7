namespace Tiny.Emulator.Deployment;

/// <summary>What a program takes of a board's flash and heap before it begins: the framework, the device libraries that it carries, itself.</summary>
/// <param name="Assemblies">The assemblies, the framework's first.</param>
public sealed record FlashNeeds(IReadOnlyList<PeSize> Assemblies)
{
    // Before Main the runtime takes this of the heap for its threads, and for Main's own frame: measured, see the tests.
    private const int ThreadsBytes = 684;
    private const int LeastFrameBytes = 204;

    /// <summary>A program's own, and all that it refers to.</summary>
    public static FlashNeeds Of(DeviceProgram program) => new(PeSize.OfAll(program));

    /// <summary>Device libraries by their names, and all that they refer to.</summary>
    /// <exception cref="EmulatorException">One is missing.</exception>
    public static FlashNeeds Of(IEnumerable<string> libraries)
    {
        using DeviceProgram program = DeviceProgram.Load([.. libraries.Select(name => Path.Combine(DeviceProgram.LibraryFolder, name + ".dll"))]);
        return Of(program);
    }

    /// <summary>Bytes of flash.</summary>
    public int Bytes => Assemblies.Sum(assembly => assembly.Bytes);

    /// <summary>Bytes of heap that are taken before Main does anything.</summary>
    public int HeapBeforeMain => ThreadsBytes + LeastFrameBytes + Assemblies.Sum(assembly => assembly.HeapBytes);
}
