using System.Reflection;
using System.Xml.Linq;

namespace Tiny.Publishing.Tests.Documentation;

/// <summary>
/// Every public type of the device libraries says what it is. Those that a program begins with have an example that compiles, and say
/// of each array that they take how long it is and what is in it.
/// </summary>
public class DocumentationTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] EntryNames =
    [
        "Tiny.Adaptation.Adapter", "Tiny.Adaptation.DriftMonitor", "Tiny.Adaptation.ExampleStore", "Tiny.Adaptation.RegressionAdapter",
        "Tiny.Adaptation.Storage.FileStorage", "Tiny.Adaptation.Storage.SlotStore",
        "Tiny.Anomaly.AnomalyDetector", "Tiny.Anomaly.Learning.AutoencoderLearner",
        "Tiny.Core.Network", "Tiny.Int8.Int8Layers", "Tiny.Learning.SgdLearner", "Tiny.Planning.PlanBuilder", "Tiny.Saving.BlobWriter",
        "Tiny.Features.FeaturePipeline", "Tiny.Features.Signal",
        "Tiny.FewLabels.Learning.FieldClassifier", "Tiny.FewLabels.PrototypeClassifier",
        "Tiny.Streaming.EventDetector", "Tiny.Streaming.StreamingNetwork",
    ];

    public static TheoryData<string> Entries => [.. EntryNames];

    [Fact]
    public void Every_public_type_has_a_summary()
    {
        Type[] types = [.. Documented.PublicTypes];
        int libraries = Documented.Libraries.Count;
        Assert.True(libraries > 40 && types.Length > 200, $"Looked at {types.Length} types of {libraries} libraries.");
        Assert.Empty(types.Where(type => !HasSummary(Documented.Of(type))).Select(type => type.FullName));
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_type_that_programs_begin_with_has_an_example_that_compiles(string name)
    {
        string example = Documented.Of(Entry(name))?.Element("example")?.Element("code")?.Value ?? "";
        Assert.Contains(Entry(name).Name, example);
        Assert.Empty(Example.Errors(example));
    }

    [Fact]
    public void An_example_that_does_not_compile_is_found() =>
        Assert.NotEmpty(Example.Errors("Network network = Network.FromBlobs(blob);"));

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_type_that_programs_begin_with_says_what_is_in_each_array_it_takes(string name)
    {
        IEnumerable<MethodBase> members = Entry(name).GetMethods(Declared).Cast<MethodBase>().Concat(Entry(name).GetConstructors());
        string[] silent =
        [
            .. from member in members
               let said = Documented.Of(member)
               where said?.Element("inheritdoc") is null
               from parameter in member.GetParameters()
               where parameter.ParameterType.IsArray && !SaysShape(said, parameter.Name!)
               select $"{member.Name}: {parameter.Name}",
        ];
        Assert.True(silent.Length == 0, $"{name} has arrays without a shape, as (Inputs), or bytes: {string.Join(", ", silent)}");
    }

    private static bool HasSummary(XElement? said) =>
        said?.Element("inheritdoc") is not null || Text(said?.Element("summary")).Length >= 15;

    private static bool SaysShape(XElement? said, string parameter)
    {
        string text = Text(said?.Elements("param").FirstOrDefault(element => element.Attribute("name")!.Value == parameter));
        return text.Contains('(') || text.Contains("byte") || text.Contains("blob");
    }

    private static string Text(XElement? element) => element?.Value.Trim() ?? "";

    private static Type Entry(string name) => Documented.PublicTypes.Single(type => type.FullName == name);
}
