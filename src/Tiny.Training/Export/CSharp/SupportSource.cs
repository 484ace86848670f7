using System.Reflection;
using System.Text.RegularExpressions;
using Tiny.Core;
using Tiny.Core.Activations;

namespace Tiny.Training.Export.CSharp;

/// <summary>The core's own source of what generated code calls: the same text, so the same bits.</summary>
internal static partial class SupportSource
{
    /// <summary>The classes that a network's activations need, each without its namespace, made private.</summary>
    internal static IEnumerable<string> For(Network network)
    {
        Activation[] activations = [.. Enumerable.Range(0, network.LayerCount).Select(i => network.GetLayer(i)).Where((layer, i) => i >= network.PackedCount - 1).Select(layer => layer.Activation)];
        bool softmax = activations.Contains(Activation.Softmax);
        bool table = activations.Any(ActivationTraits.UsesSigmoidTable);
        if (softmax || table || activations.Contains(Activation.Elu))
        {
            yield return ClassIn("Exponential");
        }

        if (softmax)
        {
            yield return ClassIn("Softmax");
        }

        if (table)
        {
            yield return ClassIn("SigmoidTable");
        }
    }

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
