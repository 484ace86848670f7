using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Peripherals;

namespace Tiny.Emulator.Tests;

/// <summary>Compiles a program for the device, and runs it.</summary>
internal static class DeviceSource
{
    private static readonly MetadataReference[] References =
        [.. Directory.EnumerateFiles(DeviceProgram.LibraryFolder, "*.dll").Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The device program of sources of which one has a Main.</summary>
    internal static DeviceProgram Compile(params string[] sources)
    {
        string folder = Directory.CreateTempSubdirectory("tiny-program-").FullName;
        string path = Path.Combine(folder, "Program.dll");
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Program",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9))),
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release));
        try
        {
            EmitResult result = compilation.Emit(path);
            return result.Success
                ? DeviceProgram.Load(path)
                : throw new InvalidOperationException(
                string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(5)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the program prints; how it ends, if not well, is the last line, behind "! ".</summary>
    internal static string[] Run(DeviceProgram program, BoardProfile board, BoardPeripherals? peripherals = null)
    {
        StringWriter output = new() { NewLine = "\n" };
        Machine machine = new(board, program, output) { Peripherals = peripherals ?? new() };
        try
        {
            machine.RunProgram(program.Main.EntryPoint!);
        }
        catch (DeviceProgramException error)
        {
            output.WriteLine($"! {error.Message}");
        }

        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
