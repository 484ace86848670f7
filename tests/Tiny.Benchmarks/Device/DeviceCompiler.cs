using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Tiny.Emulator;

namespace Tiny.Benchmarks.Device;

/// <summary>Compiles source for the device: C# 9, optimized, against nanoFramework's reference assemblies.</summary>
public static class DeviceCompiler
{
    /// <summary>A program of these sources, checked by the dialect gate as any other when it is run.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="sources">The text of each file.</param>
    /// <exception cref="InvalidOperationException">It does not compile; the message holds the errors.</exception>
    public static DeviceProgram Compile(string name, params string[] sources)
    {
        CSharpParseOptions parse = new(LanguageVersion.CSharp9);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, parse)),
            [MetadataReference.CreateFromFile(Path.Combine(DeviceProgram.LibraryFolder, "mscorlib.dll"))],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, deterministic: true));

        // The dialect gate looks at the file itself, so it stays as long as the process.
        string folder = Directory.CreateTempSubdirectory("tiny-device-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        string path = Path.Combine(folder, name + ".dll");
        EmitResult result = compilation.Emit(path);
        return result.Success
            ? DeviceProgram.Load(path)
            : throw new InvalidOperationException(
            string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
    }

    /// <summary>The text of a source that travels with this assembly.</summary>
    public static string Source(string name)
    {
        using StreamReader reader = new(typeof(DeviceCompiler).Assembly.GetManifestResourceStream(name + ".cs")!);
        return reader.ReadToEnd();
    }
}
