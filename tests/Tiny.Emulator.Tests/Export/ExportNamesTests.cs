using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Tiny.Benchmarks.Device;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Export.CSharp;

namespace Tiny.Emulator.Tests.Export;

/// <summary>Whatever a class, a namespace or a model file is called: what export writes compiles, or the name is refused.</summary>
public class ExportNamesTests
{
    private static readonly MetadataReference Mscorlib =
        MetadataReference.CreateFromFile(Path.Combine(DeviceProgram.LibraryFolder, "mscorlib.dll"));
    private static readonly LanguageVersion[] Versions = [LanguageVersion.CSharp9, LanguageVersion.Preview];

    // One of each kind of source: all in one method, arrays between methods, int8 in locals and in arrays, a table, maxout, the blob.
    private static readonly Lazy<ClassSource>[] Sources =
    [
        new(() => CSharpExporter.Of(Models.Float([3, 2, 2], Activation.Sigmoid))),
        new(() => CSharpExporter.Of(Models.Float([3, 2, 2], Activation.Relu, Activation.Maxout))),
        new(() => CSharpExporter.Of(Network.FromBlob(Models.Int8(Models.Float([5, 4, 3]), each: true)))),
        new(() => CSharpExporter.Of(Network.FromBlob(Models.Int8(Models.Float([4, 3, 2], Activation.Tanh), keepFloat: 1)))),
        new(() => BlobSource.Of(BlobWriter.ToArray(Models.Float([2, 2])), Models.Float([2, 2]))),
    ];

    public static TheoryData<int> Kinds() => [.. Enumerable.Range(0, 5)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_that_the_source_uses_itself_are_refused_or_compile(int kind)
    {
        ClassSource source = Sources[kind].Value;

        // Of names that count up, such as x0, x1, the first two.
        string[] used = [.. Regex.Matches(source.Named("Some.Models", "Zebra"), @"\b[A-Za-z_][A-Za-z_]*[01]?(?:Part0)?\b")
            .Select(match => match.Value).Distinct()];
        Assert.True(used.Length > 15, $"{used.Length} names");
        int refused = used.Count(name => !Compiles(source, "Some.Models", name, LanguageVersion.CSharp9));
        Assert.InRange(refused, 5, used.Length);
        Assert.All(used.Where(name => char.IsUpper(name[0])),
            name => Compiles(source, $"Some.{name}.Models", "Zebra", LanguageVersion.CSharp9));
    }

    [Fact]
    public void Keywords_are_refused_and_contextual_ones_only_as_classes()
    {
        ClassSource source = Sources[0].Value;
        string[] reserved = [.. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText)];
        string[] contextual = [.. SyntaxFacts.GetContextualKeywordKinds().Select(SyntaxFacts.GetText).Where(text => char.IsLetter(text[0])),
            "dynamic", "nint", "nuint", "notnull", "value", "args"];
        Assert.True(reserved.Length > 70 && contextual.Length > 30, $"{reserved.Length} and {contextual.Length}");
        Assert.All(reserved, name =>
        {
            Assert.Throws<ExportNameException>(() => source.Named("Models", name));
            Assert.Throws<ExportNameException>(() => source.Named($"A.{name}.B", "Zebra"));
        });
        Assert.All(contextual.Except(["assembly", "module", "type", "typevar", "property", "param", "method", "field"]),
            name => Assert.Throws<ExportNameException>(() => source.Named("Models", name)));
        Assert.All(contextual, name => Assert.All(Versions, version =>
        {
            Assert.True(Compiles(source, $"A.{name}", "Zebra", version), name);
            Compiles(source, "A", name, version);
        }));
    }

    [Theory]
    [InlineData("Tiny.Models", "Iris")]
    [InlineData("Models.Iris", "Iris")]
    [InlineData("Modèles", "Blüte")]
    [InlineData("模型", "鸢尾花")]
    [InlineData("_", "_")]
    [InlineData("A.B.C.D", "Layer0Part7")]
    [InlineData("Tiny", "Models")]
    [InlineData("System2", "Systems")]
    public void Ordinary_names_compile(string space, string name) =>
        Assert.All(Sources, source => Assert.All(Versions, version => Assert.True(Compiles(source.Value, space, name, version))));

    [Theory]
    [InlineData("Models", "")]
    [InlineData("", "Iris")]
    [InlineData("A..B", "Iris")]
    [InlineData("A.", "Iris")]
    [InlineData("Models", "../Iris")]
    [InlineData("Models", "Iris;")]
    [InlineData("Models", "@class")]
    [InlineData("Models", "con")]
    [InlineData("Models", "LPT1")]
    [InlineData("System", "Math")]
    [InlineData("System.Collections", "Iris")]
    [InlineData("Tiny.Core", "Network")]
    [InlineData("Tiny", "Features")]
    public void Names_that_are_none_or_others_are_refused(string space, string name) =>
        Assert.All(Sources, source => Assert.Throws<ExportNameException>(() => source.Value.Named(space, name)));

    [Theory]
    [InlineData("my-iris.tiny", "MyIris")]
    [InlineData("folder.d/x.y.tiny", "XY")]
    [InlineData("123.tiny", "Model123")]
    [InlineData("class.tiny", "Class")]
    [InlineData("con.tiny", "ConModel")]
    [InlineData("com7.tiny", "Com7Model")]
    [InlineData("ü.tiny", "Ü")]
    [InlineData("u\u0308ber.tiny", "Uber")]
    [InlineData("---.tiny", "Model")]
    [InlineData("models.tiny", "ModelsModel")]
    [InlineData("😀 smile.tiny", "Smile")]
    public void A_file_gives_its_name_to_the_class_as_far_as_that_is_one(string file, string expected)
    {
        Assert.Equal(expected, Sources[0].Value.NameFor(file, "Tiny.Models"));
        Assert.All(Versions, version => Assert.True(Compiles(Sources[0].Value, "Tiny.Models", expected, version)));
    }

    [Fact]
    public void Any_file_gives_a_name_that_compiles()
    {
        string[] files = ["predict", "inputs", "outputs", "blob", "getOutputName", "array", "argumentException", "exponential", "softmax",
            "sigmoidTable", "normalized", "run", "toLevels", "empty", "step",
            "digits0", "first0", "sums1Part0", "layer0part0", "x", "int", "tiny", "system", "features", "core", new string('a', 5000)];
        Assert.All(Sources, source => Assert.All(files, file =>
            Assert.True(Compiles(source.Value, "Tiny.Models", source.Value.NameFor(file + ".tiny", "Tiny.Models"), LanguageVersion.CSharp9),
            file)));
        Assert.Equal("PredictModel", Sources[0].Value.NameFor("predict.tiny", "Tiny.Models"));
        Assert.Equal("Predict", Sources[4].Value.NameFor("predict.tiny", "Tiny.Models"));
        Assert.Equal("BlobModel", Sources[4].Value.NameFor("blob.tiny", "Tiny.Models"));
    }

    [Fact]
    public void An_export_is_known_by_its_head()
    {
        Assert.All(Sources, source => Assert.Contains(ClassSource.Mark, source.Value.Named("Models", "Zebra").Split('\n')[1]));
    }

    /// <summary>False if the names are refused; a name that is not must compile.</summary>
    private static bool Compiles(ClassSource source, string space, string name, LanguageVersion version)
    {
        string text;
        try
        {
            text = source.Named(space, name);
        }
        catch (ExportNameException error)
        {
            Assert.True(error.Message.Contains('"'), error.Message);
            return false;
        }

        CSharpCompilation compilation = CSharpCompilation.Create(
            "Named", [CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(version))], [Mscorlib],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, $"{space}.{name}, {version}: {errors.FirstOrDefault()}");
        return true;
    }
}
