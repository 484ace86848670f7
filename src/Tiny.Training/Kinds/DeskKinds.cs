using System.Collections.Concurrent;
using Tiny.Convolution;
using Tiny.Convolution.Int8;
using Tiny.Convolution.Streaming;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Recurrence.Int8;
using Tiny.Sparse;
using Tiny.Sparse.Int8;
using Tiny.Training.Streaming;

namespace Tiny.Training.Kinds;

/// <summary>
/// The kinds of layers that the desk knows: a line for each. Whoever has a kind of their own
/// registers it, here and with the device library.
/// </summary>
/// <example>
/// <code>
/// Layer layer = network.GetLayer(0);
/// DeskKind kind = DeskKinds.Of(layer);                       // kind.Name: such as dense
/// long products = kind.MacsOf(layer);                        // of one prediction
/// </code>
/// </example>
public static class DeskKinds
{
    private static readonly ConcurrentDictionary<int, DeskKind> Known = new();

    static DeskKinds()
    {
        Register(new Dense(Core.Layers.Dense.DenseCode, "dense", "float32")
        {
            Streamer = LayerStreamer.Whole,
            Quantizer = new Quantization.Dense(),
            Source = new Export.CSharp.Dense(),
            Onnx = new Export.Onnx.Dense(),
            Assembly = "Tiny.Core",
            WideAssembly = "Tiny.Core.Wide"
        });
        Register(new Conv2D
        {
            Streamer = new WindowStreamer(Convolution.Conv2D.WindowAt),
            Quantizer = new Quantization.Conv2D(),
            Source = new Export.CSharp.Conv2D(),
            Onnx = new Export.Onnx.Conv2D(),
            Assembly = "Tiny.Convolution"
        });
        Register(new DepthwiseConv2D
        {
            Streamer = new WindowStreamer(0),
            Quantizer = new Quantization.DepthwiseConv2D(),
            Source = new Export.CSharp.DepthwiseConv2D(),
            Onnx = new Export.Onnx.DepthwiseConv2D(),
            Assembly = "Tiny.Convolution"
        });
        Register(new Pooling(MaxPooling.MaxPoolingCode, "maxpool")
        {
            Streamer = new WindowStreamer(0),
            Quantizer = new Quantization.Pooling(Int8Pooling.MaxCode),
            Source = new Export.CSharp.Pooling(),
            Onnx = new Export.Onnx.Pooling(isMax: true),
            Assembly = "Tiny.Convolution"
        });
        Register(new Pooling(AveragePooling.AveragePoolingCode, "avgpool")
        {
            Streamer = new WindowStreamer(0),
            Quantizer = new Quantization.Pooling(Int8Pooling.AverageCode),
            Source = new Export.CSharp.Pooling(),
            Onnx = new Export.Onnx.Pooling(isMax: false),
            Assembly = "Tiny.Convolution"
        });
        Register(new Pooling(GlobalAverage.GlobalAverageCode, "gap")
        {
            Streamer = LayerStreamer.Whole,
            Quantizer = new Quantization.GlobalAverage(),
            Source = new Export.CSharp.GlobalAverage(),
            Onnx = new Export.Onnx.GlobalAverage(),
            Assembly = "Tiny.Convolution"
        });
        Register(new Int8Filters(Int8Conv2D.Int8Conv2DCode, "conv")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Int8Filters(Int8DepthwiseConv2D.Int8DepthwiseConv2DCode, "dwconv")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Int8Bytes(Int8Pooling.MaxCode, "maxpool")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Int8Bytes(Int8Pooling.AverageCode, "avgpool")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Int8Bytes(Int8Vector.GlobalAverageCode, "gap")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Int8Bytes(Int8Vector.FlattenCode, "flatten")
        {
            Source = new Export.CSharp.Int8Chain(),
            Assembly = "Tiny.Convolution.Int8",
            WideAssembly = "Tiny.Convolution.Int8.Wide"
        });
        Register(new Merge(Add.AddCode, "add")
        {
            Source = new Export.CSharp.Merge(),
            Onnx = new Export.Onnx.Merge(isSum: true),
            Assembly = "Tiny.Convolution"
        });
        Register(new Merge(Concat.ConcatCode, "concat")
        {
            Source = new Export.CSharp.Merge(),
            Onnx = new Export.Onnx.Merge(isSum: false),
            Assembly = "Tiny.Convolution"
        });
        Register(new Dense(LevelDense.LevelDenseCode, "dense", "int8")
        {
            Source = new Export.CSharp.Int8Dense(),
            Assembly = "Tiny.Int8",
            WideAssembly = "Tiny.Int8.Wide"
        });
        Register(new Dense(DigitDense.DigitDenseCode, "dense", "int8")
        {
            Source = new Export.CSharp.Int8Dense(),
            Assembly = "Tiny.Int8",
            WideAssembly = "Tiny.Int8.Wide"
        });
        Register(new Sparse(SparseDense.SparseCode, "float32")
        {
            Streamer = LayerStreamer.Whole,
            Quantizer = new Quantization.Sparse(),
            Source = new Export.CSharp.Dense(),
            Assembly = "Tiny.Sparse",
            Learning = "Tiny.Sparse.Learning"
        });
        Register(new Sparse(SparseLevels.SparseLevelsCode, "int8")
        {
            Source = new Export.CSharp.Int8Dense(),
            Assembly = "Tiny.Sparse.Int8"
        });
        Register(new NearestMean { Onnx = new Export.Onnx.NearestMean() });
        Register(new Gru(Recurrence.Gru.GruCode, "float32")
        {
            InPlace = new Quantization.Gru(),
            Source = new Export.CSharp.Gru(),
            Onnx = new Export.Onnx.Gru(),
            Assembly = "Tiny.Recurrence"
        });
        Register(new Gru(Int8Gru.Int8GruCode, "int8") { Assembly = "Tiny.Recurrence.Int8" });
        Register(new FastGrnn(Recurrence.FastGrnn.FastGrnnCode, "float32")
        {
            InPlace = new Quantization.FastGrnn(),
            Source = new Export.CSharp.FastGrnn(),
            Onnx = new Export.Onnx.FastGrnn(),
            Assembly = "Tiny.Recurrence"
        });
        Register(new FastGrnn(Int8FastGrnn.Int8FastGrnnCode, "int8") { Assembly = "Tiny.Recurrence.Int8" });
        Register(new DeskKind(Ring.RingCode, "ring") { Assembly = "Tiny.Convolution.Streaming" });
    }

    /// <summary>Makes a kind known, in the place of another of its code.</summary>
    public static void Register(DeskKind kind) => Known[kind.Code] = kind;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DeskKind> All => [.. Known.Values.OrderBy(kind => kind.Code)];

    /// <summary>The kind with a code; one that knows nothing but that if nobody registered it.</summary>
    /// <param name="code">The code of the kind.</param>
    public static DeskKind Find(int code) => Known.TryGetValue(code, out DeskKind? kind) ? kind : new DeskKind(code, $"kind {code}");

    /// <summary>Whether a network has int8 layers.</summary>
    public static bool HaveInt8(Network network) => Enumerable.Range(0, network.LayerCount).Any(i => Of(network.GetLayer(i)).IsInt8);

    /// <summary>The kind of a layer.</summary>
    public static DeskKind Of(Layer layer) => Find(layer.Kind);
}
