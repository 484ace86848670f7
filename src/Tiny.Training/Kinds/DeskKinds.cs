using System.Collections.Concurrent;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Training.Kinds;

/// <summary>The kinds of layers that the desk knows: a line for each. Whoever has a kind of their own registers it, here and with the device library.</summary>
public static class DeskKinds
{
    private static readonly ConcurrentDictionary<int, DeskKind> Known = new();

    static DeskKinds()
    {
        Register(new Dense(Core.Layers.Dense.DenseCode, "dense", "float32") { Quantizer = new Quantization.Dense(), Source = new Export.CSharp.Dense(), Assembly = "Tiny.Core", WideAssembly = "Tiny.Core.Wide" });
        Register(new Dense(LevelDense.LevelDenseCode, "dense", "int8") { Source = new Export.CSharp.Int8Dense(), Assembly = "Tiny.Int8", WideAssembly = "Tiny.Int8.Wide" });
        Register(new Dense(DigitDense.DigitDenseCode, "dense", "int8") { Source = new Export.CSharp.Int8Dense(), Assembly = "Tiny.Int8", WideAssembly = "Tiny.Int8.Wide" });
        Register(new NearestMean());
    }

    /// <summary>Makes a kind known, in the place of another of its code.</summary>
    public static void Register(DeskKind kind) => Known[kind.Code] = kind;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DeskKind> All => [.. Known.Values.OrderBy(kind => kind.Code)];

    /// <summary>The kind with a code; one that knows nothing but that if nobody registered it.</summary>
    public static DeskKind Find(int code) => Known.TryGetValue(code, out DeskKind? kind) ? kind : new DeskKind(code, $"kind {code}");

    /// <summary>The kind of a layer.</summary>
    public static DeskKind Of(Layer layer) => Find(layer.Kind);
}
