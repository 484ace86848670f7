using System.Reflection;
using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Recurrence;
using Tiny.Recurrence.Int8;
using Tiny.Sparse;
using Tiny.Sparse.Int8;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Report;

/// <summary>
/// The JavaScript by which a report's page predicts with each kind of layer: a line for each
/// kind of Tiny's; others bring theirs with their registration.
/// </summary>
internal static class KindScripts
{
    private static readonly Dictionary<int, string> Assets = new()
    {
        [Dense.DenseCode] = "Dense.js",
        [Conv2D.Conv2DCode] = "Conv2D.js",
        [DepthwiseConv2D.DepthwiseConv2DCode] = "DepthwiseConv2D.js",
        [MaxPooling.MaxPoolingCode] = "Pooling.js",
        [AveragePooling.AveragePoolingCode] = "Pooling.js",
        [GlobalAverage.GlobalAverageCode] = "Pooling.js",
        [Add.AddCode] = "Merge.js",
        [Concat.ConcatCode] = "Merge.js",
        [Int8Conv2D.Int8Conv2DCode] = "Int8Conv2D.js",
        [Int8DepthwiseConv2D.Int8DepthwiseConv2DCode] = "Int8Conv2D.js",
        [Int8Pooling.MaxCode] = "Int8Conv2D.js",
        [Int8Pooling.AverageCode] = "Int8Conv2D.js",
        [Int8Vector.GlobalAverageCode] = "Int8Conv2D.js",
        [Int8Vector.FlattenCode] = "Int8Conv2D.js",
        [SparseDense.SparseCode] = "Sparse.js",
        [SparseLevels.SparseLevelsCode] = "Sparse.js",
        [Gru.GruCode] = "Gru.js",
        [FastGrnn.FastGrnnCode] = "Gru.js",
        [Int8Gru.Int8GruCode] = "Int8Gru.js",
        [Int8FastGrnn.Int8FastGrnnCode] = "Int8FastGrnn.js",
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

    /// <summary>Sparse layers take what they do not do otherwise from dense ones, int8 units from those of float32.</summary>
    private static string[] FilesOf(string name) => name switch
    {
        "Sparse.js" => ["Dense.js", "Int8Dense.js", name],
        "Int8Gru.js" or "Int8FastGrnn.js" => ["Gru.js", name],
        _ => [name],
    };

    private static string? Of(int kind) => Assets.TryGetValue(kind, out string? name)
        ? string.Concat(FilesOf(name).Select(Asset)) : DeskKinds.Find(kind).Script;
}
