using System.Reflection;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Report;

/// <summary>The JavaScript by which a report's page predicts with each kind of layer: a line for each kind of Tiny's; others bring theirs with their registration.</summary>
internal static class KindScripts
{
    private static readonly Dictionary<int, string> Assets = new()
    {
        [Dense.DenseCode] = "Dense.js",
        [LevelDense.LevelDenseCode] = "Int8Dense.js",
        [DigitDense.DigitDenseCode] = "Int8Dense.js",
    };

    /// <summary>The scripts that a model needs; null if one of its layers has none.</summary>
    internal static string? For(Network network)
    {
        string?[] scripts = [.. Enumerable.Range(0, network.LayerCount).Select(i => Of(network.GetLayer(i).Kind)).Distinct()];
        return scripts.Contains(null) ? null : string.Join('\n', scripts);
    }

    /// <summary>A file of the page.</summary>
    internal static string Asset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Report/{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static string? Of(int kind) => Assets.TryGetValue(kind, out string? name) ? Asset(name) : DeskKinds.Find(kind).Script;
}
