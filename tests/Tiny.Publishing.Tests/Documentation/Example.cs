using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>C# that a reader is shown: the lines of a method, in C# 9, with the device libraries as they are built for the desk.</summary>
internal static class Example
{
    // What an example may use without making it.
    private const string Given = """
        private static Network network; private static byte[] blob, factory; private static int label; private static ISlotStorage storage;
        private static float[] sample, features, outputs;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static string Usings { get; } = string.Concat(Documented.PublicTypes.Select(type => type.Namespace!).Distinct()
        .Prepend("System.Diagnostics").Prepend("System").Select(name => $"using {name};\n"));

    /// <summary>What the compiler says of an example, with its lines counted from 1.</summary>
    /// <param name="example">The lines of a method.</param>
    /// <param name="more">Static members that it may use beside what all examples may.</param>
    internal static IReadOnlyList<(int Line, string Message)> Errors(string example, string more = "")
    {
        string source = $"{Usings}public static class Example\n{{\n{Given}\n{more}\n"
            + $"public static void Run()\n{{\n#line 1\n{example}\n}}\n}}\n";
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return [.. compilation.GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error).Select(found =>
            (found.Location.GetMappedLineSpan().StartLinePosition.Line + 1, found.GetMessage(CultureInfo.InvariantCulture)))];
    }
}
