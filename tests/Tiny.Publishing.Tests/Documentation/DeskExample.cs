using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>C# that a reader of the desk's libraries is shown: the lines of a method, in the newest C# of the compiler at hand.</summary>
internal static class DeskExample
{
    // What an example may use without making it.
    private const string Given = """
        private static Network network; private static byte[] blob; private static float[] features, outputs, normalized, targets;
        private static Dataset data; private static DatasetFile file; private static RowSource rows; private static RecordingSource source;
        private static TrainingNetwork training; private static TrainingResult trained;
        """;

    private static readonly string[] Implicit =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"];

    private static readonly string Usings = string.Concat(Implicit
        .Concat(Documented.PublicTypes.Concat(Documented.DeskTypes).Select(type => type.Namespace!)).Distinct()
        .Select(name => $"using {name};\n"));

    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create(
        "Example",
        [],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists)
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>What the compiler says of an example.</summary>
    internal static IEnumerable<string> Errors(string example)
    {
        string source = $"{Usings}public static class Example\n{{\n{Given}\npublic static void Run()\n{{\n{example}\n}}\n}}\n";
        return Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source)).GetDiagnostics()
            .Where(found => found.Severity == DiagnosticSeverity.Error).Select(found => found.GetMessage(CultureInfo.InvariantCulture));
    }
}
