namespace Tiny.Emulator.Deployment;

/// <summary>
/// What a program with all it runs with takes of a board before its Main begins: of flash its .pe
/// files, of heap the tables of the loaded assemblies and the main thread.
/// </summary>
/// <param name="Assemblies">The assemblies, the framework's first. Of packages of the framework whose
/// code is not at hand and whose size is not known only the heap is counted.</param>
public sealed record DeployedProgram(IReadOnlyList<AssemblyNeeds> Assemblies)
{
    /// <summary>What the heap keeps for itself.</summary>
    public const int HeapHeader = 32;

    private const int Threads = 684; // the main thread, its delegate, the exception that is kept for a full heap
    private const int LeastFrame = 204;

    /// <summary>Bytes of flash.</summary>
    public int FlashBytes => Assemblies.Sum(assembly => assembly.Bytes);

    /// <summary>Of the managed heap: its header, the loaded assemblies, the main thread.</summary>
    public int RuntimeBytes => HeapHeader + Threads + Assemblies.Sum(assembly => assembly.HeapBytes);

    /// <summary>Bytes of heap that are taken when Main has begun and done nothing yet, the heap's header not counted.</summary>
    public int HeapBeforeMain => RuntimeBytes - HeapHeader + LeastFrame;

    /// <summary>Counts a program.</summary>
    public static DeployedProgram Of(DeviceProgram program) => new([.. PeSize.OfAll(program).Select(FrameworkSizes.Of)]);

    /// <summary>Counts device libraries by their names, with all that they refer to.</summary>
    /// <exception cref="EmulatorException">One is missing.</exception>
    public static DeployedProgram Of(IEnumerable<string> libraries)
    {
        using DeviceProgram program =
            DeviceProgram.Load([.. libraries.Select(name => Path.Combine(DeviceProgram.LibraryFolder, name + ".dll"))]);
        return Of(program);
    }
}
