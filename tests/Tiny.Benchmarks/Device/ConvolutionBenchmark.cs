using Tiny.Convolution;
using Tiny.Convolution.Int8.Wide;
using Tiny.Convolution.Learning;
using Tiny.Convolution.Tests.Int8;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Benchmarks.Device;

/// <summary>
/// Counts the device's instructions of convolutions: whole calls of two networks for 28 x 28 pictures, and layers
/// by themselves. Bytes and floats are drawn by seed, so that no value is passed over as 0.
/// </summary>
internal static class ConvolutionBenchmark
{
    private const string Group = "Convolution";
    private const string Strided = "conv:8:5:2:valid,conv:16:3:2:valid";
    private const string Averaged = "conv:4:3:2:valid,conv:8:3:2:valid,conv:16:3:2:valid,gap";

    internal static IEnumerable<Measurement> Run()
    {
        LearningKinds.Register();
        WideInt8Convolutions.Register();
        foreach ((string name, int macs, PlanBuilder plan) in new[] { (Strided, 61_600, FloatStrided()),
            (Averaged, 21_220, FloatAveraged()) })
        {
            Network network = plan.ToNetwork();
            Initializers.Draw(network, 1);
            byte[] blob = BlobWriter.ToArray(network);
            DeviceModel[] models = [.. new[] { "stm32f4", "stm32f091" }.Select(board => new DeviceModel(blob, BoardProfile.Load(board)))];
            yield return new Measurement(Group, $"float32 {name}: predict", "MAC", macs, models[0].Instructions, models[1].Instructions);
            yield return new Measurement(Group, $"float32 {name}: learning step", "parameter", network.ParameterCount,
                models[0].LearnInstructions, models[1].LearnInstructions);
        }

        foreach ((string name, int macs, byte[] blob) in new[] { (Strided, 61_600, PackedStrided()), (Averaged, 21_220, PackedAveraged()) })
        {
            foreach (bool bytes in new[] { true, false })
            {
                yield return DeviceBenchmark.Count(Group, $"int8 {name}: predict from {(bytes ? "bytes" : "floats")}", "MAC", macs,
                    board => Predict(blob, 784, bytes, board));
            }
        }

        foreach ((string name, int macs, int values, byte[] blob) in new[]
        {
            ("int8 dwconv:3 of 15 x 15 x 8, the layer from bytes", 15 * 15 * 8 * 9, 1800, Depthwise(15)),
            ("int8 dwconv:3 of 16 x 16 x 8, the layer from bytes", 16 * 16 * 8 * 9, 2048, Depthwise(16)),
            ("int8 conv:8:3 of 28 x 28, the layer from bytes", 28 * 28 * 8 * 9, 784, Pooled(1)),
            ("int8 conv:8:3,maxpool:2 of 28 x 28, both from bytes", 28 * 28 * 8 * 9, 784, Pooled(2)),
            ("int8 conv:8:3 of 28 x 28 behind tanh, the layer from bytes", 28 * 28 * 8 * 9, 784, Pooled(1, Activation.Tanh)),
            ("int8 conv:8:3,maxpool:2 of 28 x 28 behind tanh, both from bytes", 28 * 28 * 8 * 9, 784, Pooled(2, Activation.Tanh)),
        })
        {
            yield return DeviceBenchmark.Count(Group, name, "MAC", macs,
                board => DeviceBenchmark.FirstLayer(blob, board, Levels(values), "Tiny.Convolution.Int8.ByteLayer"));
        }

        Network averaged = Network.FromBlob(PackedAveraged());
        DeviceProgram source = DeviceCompiler.Compile(
            "Generated", Training.Export.CSharp.CSharpExporter.Export(averaged, "Models", "Model"));
        yield return DeviceBenchmark.Count(Group, $"int8 {Averaged}, exported source: predict from floats", "MAC", 21_220,
            board => DeviceBenchmark.Exported(source, board, Levels(784), averaged.Outputs));
        yield return DeviceBenchmark.Count(
            Group, "int8 maxpool:2 of 16 x 16 x 8, the layer by itself", "output", 8 * 8 * 8,
            board => DeviceBenchmark.FirstLayer(Pool(), board, Levels(2048), "Tiny.Convolution.Int8.ByteLayer"));
    }

    private static long Predict(byte[] blob, int values, bool bytes, string board)
    {
        return DeviceBenchmark.Predict(blob, board, bytes, Levels(values));
    }

    private static byte[] Levels(int values)
    {
        byte[] levels = new byte[values];
        new Random(1).NextBytes(levels);
        return levels;
    }

    private static PlanBuilder FloatStrided() => Plan()
        .AddBehind(Conv2D.Conv2DCode, 1152, 1152, Conv(8, 5))
        .AddBehind(Conv2D.Conv2DCode, 400, 400, Conv(16, 3)).AddDense(10, Activation.Softmax);

    private static PlanBuilder FloatAveraged() => Plan()
        .AddBehind(Conv2D.Conv2DCode, 676, 676, Conv(4, 3))
        .AddBehind(Conv2D.Conv2DCode, 288, 288, Conv(8, 3))
        .AddBehind(Conv2D.Conv2DCode, 64, 64, Conv(16, 3))
        .AddBehind(GlobalAverage.GlobalAverageCode, 16, 16, []).AddDense(10, Activation.Softmax);

    private static byte[] PackedStrided() => Digits().Conv(8, Window(5, 2, 0)).Conv(16, Window(3, 2, 0)).Dense(10, average: false);

    private static byte[] PackedAveraged() =>
        Digits().Conv(4, Window(3, 2, 0)).Conv(8, Window(3, 2, 0)).Conv(16, Window(3, 2, 0)).Dense(10, average: true);

    private static byte[] Pool() => new Int8Stack(16, 16, 8, classes: true).Pool(Window(2, 2, 0), max: true).Dense(2, average: true);

    private static byte[] Depthwise(int side) =>
        new Int8Stack(side, side, 8, classes: true).Conv(0, Window(3, 1, 1)).Dense(2, average: true);

    private static byte[] Pooled(int pool, Activation activation = Activation.Relu) =>
        Digits().Conv(8, Window(3, 1, 1), activation, pool, largest: 12).Dense(2, average: true);

    private static Int8Stack Digits() => new(28, 28, 1, classes: true);

    private static PlanBuilder Plan() => new(784, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 28, Width = 28 };

    private static byte[] Conv(int filters, int size) => [(byte)filters, 0, .. Window(size, 2, 0), (byte)Activation.Relu];

    private static byte[] Window(int size, int stride, int padding) =>
        [(byte)size, (byte)size, (byte)stride, (byte)stride, (byte)padding, (byte)padding, (byte)padding, (byte)padding, 1, 1];
}
