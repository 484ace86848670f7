using Mono.Cecil;

namespace Tiny.Emulator;

/// <summary>
/// Finds the framework's assemblies among the emulator's own and all others beside the program first, and looks nowhere else: Cecil's own
/// resolver would offer the desktop's.
/// </summary>
internal sealed class DeviceResolver(string library, string beside) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> resolved = [];

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (resolved.TryGetValue(name.Name, out AssemblyDefinition? known))
        {
            return known;
        }

        string[] folders = DeviceProgram.IsFramework(name.Name) ? [library, beside] : [beside, library];
        string path = folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists)
            ?? throw new AssemblyResolutionException(name);
        parameters.AssemblyResolver = this;
        parameters.InMemory = true;
        return resolved[name.Name] = AssemblyDefinition.ReadAssembly(path, parameters);
    }

    /// <summary>Reads an assembly by its path; others that refer to it find the same.</summary>
    internal AssemblyDefinition Read(string path)
    {
        AssemblyDefinition read = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this, InMemory = true });
        return resolved[read.Name.Name] = read;
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in resolved.Values)
        {
            assembly.Dispose();
        }
    }
}
