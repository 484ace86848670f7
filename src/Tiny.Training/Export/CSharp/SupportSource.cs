using System.Reflection;
using System.Text.RegularExpressions;
using Tiny.Core.Activations;

namespace Tiny.Training.Export.CSharp;

/// <summary>The core's own source of what generated code calls: the same text, so the same bits.</summary>
/// <seealso cref="CSharpExporter"/>
public static partial class SupportSource
{
    private static readonly string[] Order = ["Exponential", "Softmax", "SigmoidTable"];

    /// <summary>The classes of the core that an activation needs.</summary>
    public static IEnumerable<string> Of(Activation activation) => activation switch
    {
        Activation.Elu => ["Exponential"],
        Activation.Softmax => ["Exponential", "Softmax"],
        _ when ActivationTraits.UsesSigmoidTable(activation) => ["Exponential", "SigmoidTable"],
        _ => [],
    };

    /// <summary>Classes of the core, each once and without its namespace, made private.</summary>
    internal static IEnumerable<string> Text(IEnumerable<string> names) => Order.Intersect(names).Select(ClassIn);

    private static string ClassIn(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Tiny.Training.Export.CSharp.{name}.cs")!;
        using StreamReader reader = new(stream);
        string source = reader.ReadToEnd();
        int from = source.IndexOf("    /// <summary>", StringComparison.Ordinal);
        string[] lines = source[from..source.LastIndexOf('}')].TrimEnd().Split('\n');
        return PublicType().Replace(string.Join('\n', lines.Select(line => line.Length > 4 ? line[4..] : line)), "private ");
    }

    [GeneratedRegex("^(public|internal) (?=(static|sealed) class)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
