using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tiny.Emulator.Boards;
using Tiny.Tests;

namespace Tiny.Emulator.Tests.Semantics;

/// <summary>
/// Programs of the kind people write for a board. Where a file of expected lines lies beside one, the device differs from the desktop
/// by what is known of the firmware; the others mean the same on both, and the desktop says what they print.
/// </summary>
public class OwnProgramTests
{
    public static TheoryData<string> Names() =>
        [.. Directory.EnumerateFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_prints_on_every_board_what_it_should(string name)
    {
        string source = File.ReadAllText(Path.Combine(Folder, name + ".cs"));
        string expectedPath = Path.Combine(Folder, name + ".expected");
        string[] expected = File.Exists(expectedPath) ? File.ReadAllLines(expectedPath) : OnTheDesktop(source);
        Assert.True(expected.Length >= 5, $"{name} prints {expected.Length} lines.");
        using DeviceProgram program = DeviceSource.Compile(source);
        foreach (string board in BoardProfile.Names)
        {
            Assert.Equal(expected, DeviceSource.Run(program, BoardProfile.Load(board)));
        }
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "Tiny.Emulator.Tests", "Semantics", "Programs");

    private static string[] OnTheDesktop(string source)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<MetadataReference> references = Directory.EnumerateFiles(runtime, "System.*.dll")
            .Append(Path.Combine(runtime, "mscorlib.dll"))
            .Where(path => !path.Contains(".Native.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Desktop", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9))], references,
                new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        using MemoryStream image = new();
        Assert.True(compilation.Emit(image).Success,
            string.Join('\n', compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)));
        TextWriter console = Console.Out;
        StringWriter output = new() { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            Assembly.Load(image.ToArray()).EntryPoint!.Invoke(null, null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
