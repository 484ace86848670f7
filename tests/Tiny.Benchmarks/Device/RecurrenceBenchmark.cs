using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Planning;
using Tiny.Recurrence;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Quantization;
using FastGrnn = Tiny.Recurrence.FastGrnn;
using Gru = Tiny.Recurrence.Gru;

namespace Tiny.Benchmarks.Device;

/// <summary>
/// Counts the device's instructions of one sample through recurrent layers of 16 units over three channels:
/// the layer by itself, and a whole answer with a dense layer of four classes behind.
/// </summary>
internal static class RecurrenceBenchmark
{
    private const string Group = "Recurrence, one sample of three channels";
    private const int Channels = 3;
    private const int Units = 16;
    private const int Classes = 4;

    internal static IEnumerable<Measurement> Run()
    {
        byte[] sample = [2, 1, 3];
        Network gru = Model(Gru.GruCode);
        Network fast = Model(FastGrnn.FastGrnnCode);
        int[] rows = [.. Enumerable.Range(0, 10)];
        Dataset data = Dataset.ForRegression(
            [.. Enumerable.Range(0, 30).Select(i => i % 7 - 3f)], DataColumns.Unnamed(Channels, shareUnit: false), new float[10], "y");
        foreach ((string name, int products, string type, byte[] blob) in new[]
        {
            ("float32 gru:16", 3, "Tiny.Recurrence.GruLayer", BlobWriter.ToArray(gru)),
            ("float32 gru:16 with exact gates", 3, "Tiny.Recurrence.GruLayer", BlobWriter.ToArray(Model(Gru.GruCode, RecurrentKind.Exact))),
            ("float32 fastgrnn:16", 1, "Tiny.Recurrence.FastGrnnLayer", BlobWriter.ToArray(fast)),
            ("int8 gru:16", 3, "Tiny.Recurrence.Int8.Int8GruLayer", Quantizer.Quantize(gru, data, rows)),
            ("int8 fastgrnn:16", 1, "Tiny.Recurrence.Int8.Int8FastGrnnLayer", Quantizer.Quantize(fast, data, rows)),
        })
        {
            int macs = products * Units * (Channels + Units);
            yield return DeviceBenchmark.Count(
                Group, $"{name}: the layer's step", "MAC", macs, board => DeviceBenchmark.Step(blob, board, type, [2f, 1f, 3f]));
            yield return DeviceBenchmark.Count(Group, $"{name}, softmax of four: predict", "MAC", macs + Units * Classes,
                board => DeviceBenchmark.Predict(blob, board, bytes: false, sample));
        }
    }

    private static Network Model(int kind, int flags = 0)
    {
        Network network = new PlanBuilder(Channels, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 1, Width = 1 }
            .AddBehind(kind, Units, Units, [Units, 0, (byte)(RecurrentKind.KeepsState | flags)]).AddDense(Classes, Activation.Softmax)
            .ToNetwork();
        Random random = new(1);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            layer.SetParameters([.. Enumerable.Range(0, layer.ParameterCount).Select(_ => random.NextSingle() * 0.5f + 0.01f)], 0,
                layer.ParameterCount);
        }

        Array.Fill(network.Scaling.InputScales, 1f);
        return network;
    }
}
