using Mono.Cecil;

namespace Tiny.Emulator;

/// <summary>A device assembly and those it runs with, found beside it or among the emulator's own.</summary>
public sealed class DeviceProgram : IDisposable
{
    private readonly DeviceResolver resolver;

    private DeviceProgram(IReadOnlyList<string> paths)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(paths[0]))!;
        resolver = new DeviceResolver(LibraryFolder, beside);
        AssemblyDefinition[] roots = [.. paths.Select(resolver.Read)];
        Main = roots[0];
        Assemblies = [.. Reachable(roots)];
    }

    /// <summary>The folder of the reference assemblies and the device's Tiny.Core.</summary>
    public static string LibraryFolder { get; } = Path.Combine(AppContext.BaseDirectory, "device");

    /// <summary>The device's own Tiny.Core.</summary>
    public static string CorePath { get; } = Path.Combine(LibraryFolder, "Tiny.Core.dll");

    /// <summary>All of the device's own libraries, behind Tiny.Emulator.Library.</summary>
    public static string WholePath { get; } = Path.Combine(LibraryFolder, "Tiny.Emulator.Library.dll");

    /// <summary>The assembly itself.</summary>
    public AssemblyDefinition Main { get; }

    /// <summary>It and all it refers to.</summary>
    public IReadOnlyList<AssemblyDefinition> Assemblies { get; }

    /// <summary>Those whose code runs: all but the framework's.</summary>
    public IEnumerable<AssemblyDefinition> Own => Assemblies.Where(assembly => !IsFramework(assembly.Name.Name));

    /// <summary>Those whose IL the emulator runs: the program's own and mscorlib.</summary>
    internal IEnumerable<AssemblyDefinition> Executed => Assemblies.Where(assembly => HasCode(assembly.Name.Name));

    /// <summary>Loads a program.</summary>
    /// <exception cref="EmulatorException">The file is no assembly, or one it refers to is missing.</exception>
    public static DeviceProgram Load(string path) => Load([path]);

    /// <summary>Loads assemblies that are deployed together; the first is the program's.</summary>
    /// <exception cref="EmulatorException">A file is no assembly, or one it refers to is missing.</exception>
    public static DeviceProgram Load(IReadOnlyList<string> paths)
    {
        string path = string.Join(", ", paths);
        try
        {
            foreach (string one in paths)
            {
                CheckStart(one);
            }

            return new DeviceProgram(paths);
        }
        catch (AssemblyResolutionException error)
        {
            throw new EmulatorException(
                $"{path}: refers to {error.AssemblyReference.FullName}, which is neither beside it nor one of nanoFramework's assemblies. "
                + "Compile against the device's assemblies only.");
        }
        catch (BadImageFormatException)
        {
            throw new EmulatorException($"{path}: is no .NET assembly.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EmulatorException($"{path}: cannot be read: {error.Message}");
        }
    }

    /// <summary>Whether the firmware brings this assembly.</summary>
    public static bool IsFramework(string name) =>
        name == "mscorlib" || name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("nanoFramework.", StringComparison.Ordinal);

    /// <summary>Whether the assembly comes with its code: all but the packages that only tables stand for.</summary>
    internal static bool HasCode(string name) => name == "mscorlib" || !IsFramework(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        Main.Dispose();
        resolver.Dispose();
    }

    /// <summary>Assemblies begin with "MZ"; a device that gives bytes without end does not, and is not read to find out.</summary>
    private static void CheckStart(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] start = new byte[2];
        if (!file.CanSeek || file.ReadAtLeast(start, 2, throwOnEndOfStream: false) < 2 || start is not [(byte)'M', (byte)'Z'])
        {
            throw new BadImageFormatException();
        }
    }

    private IEnumerable<AssemblyDefinition> Reachable(IReadOnlyList<AssemblyDefinition> roots)
    {
        Dictionary<string, AssemblyDefinition> found = roots.ToDictionary(root => root.Name.Name);
        Queue<AssemblyDefinition> waiting = new(roots);
        while (waiting.TryDequeue(out AssemblyDefinition? assembly))
        {
            yield return assembly;
            foreach (AssemblyNameReference reference in assembly.MainModule.AssemblyReferences)
            {
                if (!found.ContainsKey(reference.Name))
                {
                    found[reference.Name] = resolver.Resolve(reference);
                    waiting.Enqueue(found[reference.Name]);
                }
            }
        }
    }
}
