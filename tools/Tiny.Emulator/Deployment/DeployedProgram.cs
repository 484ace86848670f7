using Mono.Cecil;

namespace Tiny.Emulator.Deployment;

/// <summary>What a program with all it runs with takes of a board before its Main begins.</summary>
/// <param name="FlashBytes">The .pe files of the program's own assemblies and of mscorlib. Other packages of the framework are not counted: their code is not at hand.</param>
/// <param name="RuntimeBytes">Of the managed heap: its header, the tables of the loaded assemblies, the main thread.</param>
public sealed record DeployedProgram(int FlashBytes, int RuntimeBytes)
{
    private const int HeapHeader = 32;
    private const int BeforeMain = 684; // the main thread, its delegate, the exception that is kept for a full heap

    /// <summary>Counts a program.</summary>
    public static DeployedProgram Of(DeviceProgram program)
    {
        IReadOnlySet<string> names = PeSize.NamesOf(program.Assemblies.Single(assembly => assembly.Name.Name == "mscorlib"));
        int flash = 0;
        int heap = HeapHeader + BeforeMain;
        foreach (AssemblyDefinition assembly in program.Assemblies)
        {
            PeSize size = PeSize.Of(assembly, names);
            heap += size.HeapBytes;
            flash += program.Executed.Contains(assembly) ? size.Bytes : 0;
        }

        return new DeployedProgram(flash, heap);
    }
}
