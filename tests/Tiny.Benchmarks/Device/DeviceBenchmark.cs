using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Features;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Export.CSharp;

namespace Tiny.Benchmarks.Device;

/// <summary>Counts the device's instructions of whole models, of layers, of generated source and of activations, in the emulator.</summary>
public static class DeviceBenchmark
{
    private const string EmulatorLibrary = "Tiny.Emulator.Library.Library";
    private const string Models = "Whole models";
    private const string Small = "Whole models, small kernels";
    private const string Generated = "Generated source";
    private const string Layers = "Float layers of 16 units";
    private const string Plain = "Written plainly";
    private const string Elements = "Activations";
    private const string Windows = "Features, a window of 200 samples";

    private static readonly string[] Boards = ["stm32f4", "stm32f091"];

    /// <summary>All that is measured, in the order of the document.</summary>
    public static IEnumerable<Measurement> Run() =>
        [.. WholeModels(), .. SmallKernels(), .. FloatLayers(), .. ConvolutionBenchmark.Run(), .. RecurrenceBenchmark.Run(),
        .. StreamBenchmark.Run(), .. PlainCode(), .. GeneratedSource(), .. FeaturesOfWindows(), .. ActivationLoops()];

    /// <summary>The figures of the variants of the sigmoid on the device, by name.</summary>
    public static IEnumerable<Measurement> ActivationLoops()
    {
        const int count = 100;
        foreach (string variant in new[] { "Hard", "Nearest", "Interpolated", "SlopeIntercept", "Rational" })
        {
            yield return Count(Elements, variant, "element", count, board =>
            {
                Machine machine = Machine(board, DeviceCompiler.Compile("Variants", DeviceCompiler.Source("ActivationVariants")));
                machine.Invoke(Type("ActivationVariants"), "Prepare", Sigmoids.Points(256), 10.666667f);
                return machine.Count(() => machine.Invoke(Type("ActivationVariants"), variant, Spread(count), count));
            });
        }

        static string Type(string name) => $"Tiny.Benchmarks.Device.{name}";
    }

    private static IEnumerable<Measurement> WholeModels()
    {
        (string Name, Network Network)[] floats =
        [
            ("4-16-3 ReLU, softmax", Device.Models.Float([4, 16, 3])),
            ("33-20-10-4 ReLU, softmax", Device.Models.Float([33, 20, 10, 4])),
            ("33-20-10-4 ReLU, arg-max alone", Device.Models.Float([33, 20, 10, 4], last: Activation.Linear)),
            ("64-32-10 ReLU, softmax", Device.Models.Float([64, 32, 10])),
            ("100-50-20-5 tanh, softmax", Device.Models.Float([100, 50, 20, 5], Activation.Tanh)),
        ];
        foreach ((string name, Network network) in floats)
        {
            byte[] blob = BlobWriter.ToArray(network);
            Dictionary<string, DeviceModel> models =
                Boards.ToDictionary(board => board, board => new DeviceModel(blob, BoardProfile.Load(board)));
            yield return new Measurement(
                Models, $"float32 {name}: predict", "MAC", Macs(network), models[Boards[0]].Instructions, models[Boards[1]].Instructions);
            yield return new Measurement(Models, $"float32 {name}: learning step", "parameter", network.ParameterCount,
                models[Boards[0]].LearnInstructions, models[Boards[1]].LearnInstructions);
        }

        (string Name, Network Network, byte[] Blob)[] packed =
        [
            Int8("64-32-10 ReLU, softmax", [64, 32, 10], Activation.Softmax),
            Int8("64-32-10 ReLU, arg-max alone", [64, 32, 10], Activation.Linear),
            Int8("784-32-10 ReLU, softmax", [784, 32, 10], Activation.Softmax),
            Int8("33-20-10-4 ReLU, softmax", [33, 20, 10, 4], Activation.Softmax),
        ];
        foreach ((string name, Network network, byte[] blob) in packed)
        {
            foreach (bool bytes in new[] { false, true })
            {
                yield return Count(Models, $"int8 {name}: predict from {(bytes ? "bytes" : "floats")}", "MAC", Macs(network),
                    board => Predict(blob, board, bytes));
            }
        }
    }

    /// <summary>What boards with little flash carry.</summary>
    private static IEnumerable<Measurement> SmallKernels()
    {
        foreach (int[] widths in new int[][] { [4, 16, 3], [33, 20, 10, 4], [64, 32, 10] })
        {
            Network network = Device.Models.Float(widths);
            byte[] blob = BlobWriter.ToArray(network);
            string name = $"float32 {string.Join('-', widths)} ReLU, softmax";
            Dictionary<string, DeviceModel> models =
                Boards.ToDictionary(board => board, board => new DeviceModel(blob, BoardProfile.Load(board), wide: false));
            yield return new Measurement(
                Small, $"{name}: predict", "MAC", Macs(network), models[Boards[0]].Instructions, models[Boards[1]].Instructions);
            yield return new Measurement(Small, $"{name}: learning step", "parameter", network.ParameterCount,
                models[Boards[0]].LearnInstructions, models[Boards[1]].LearnInstructions);
        }

        (string packedName, Network packed, byte[] packedBlob) = Int8("64-32-10 ReLU, softmax", [64, 32, 10], Activation.Softmax);
        yield return Count(Small, $"int8 {packedName}: predict from floats", "MAC", Macs(packed),
            board => Predict(packedBlob, board, bytes: false, wide: false));
        yield return Count(Small, $"int8 {packedName}: predict from bytes", "MAC", Macs(packed),
            board => Predict(packedBlob, board, bytes: true, wide: false));
    }

    private static (string Name, Network Network, byte[] Blob) Int8(string name, int[] widths, Activation last)
    {
        Network network = Device.Models.Float(widths, last: last);
        return (name, network, Device.Models.Int8(network));
    }

    private static IEnumerable<Measurement> FloatLayers()
    {
        const string wide = "Tiny.Core.Wide.WideDenseLayer";
        const int units = 16;
        foreach (int width in new[] { 4, 8, 16, 20, 33, 40, 100 })
        {
            byte[] blob = BlobWriter.ToArray(Device.Models.Float([width, units, 2]));
            float[] x = Spread(width);
            yield return Count(Layers, $"{width} inputs: forward", "MAC", units * width,
                board => OnLayer(board, (machine, layer, _) => machine.Invoke(wide, "Sums", layer, new float[units], x, false)));
            yield return Count(Layers, $"{width} inputs: input gradient", "MAC", units * width,
                board => OnLayer(board, (machine, _, learner) =>
                    machine.Invoke("Tiny.Learning.Wide.WideDenseLearner", "InputGradient", learner, new float[width], x, units)));
            yield return Count(Layers, $"{width} inputs: update", "MAC", units * width,
                board => OnLayer(board, (machine, _, learner) =>
                    machine.Invoke("Tiny.Learning.Wide.WideDenseLearner", "Step", learner, x, 0.01f)));

            long OnLayer(string board, Action<Machine, object, object> call)
            {
                Machine machine = Library(board, wide: true);
                object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
                object layer = machine.Invoke("Tiny.Core.Network", "GetLayer", network, 0)!;
                machine.Keep(layer);
                object learner = machine.Invoke(EmulatorLibrary, "Learner", layer)!;
                machine.Keep(learner);
                machine.Invoke(EmulatorLibrary, "SetSums", learner, Spread(units));
                return machine.Count(() => call(machine, layer, learner));
            }
        }
    }

    private static IEnumerable<Measurement> PlainCode()
    {
        const string type = "Tiny.Core.Tests.Kernels.PlainPredict";
        yield return Count(Plain, "33-20-10-4 ReLU, arg-max alone: predict", "MAC", 900, board =>
        {
            Machine machine = PlainMachine(board);
            object layers = machine.Invoke(type, "Example")!;
            machine.Keep(layers);
            return machine.Count(() => machine.Invoke(type, "Predict", Spread(33), new float[33], Spread(33), layers));
        });
        foreach ((string name, string method, object?[] rest) in new (string, string, object?[])[]
            { ("forward", "Forward", []), ("input gradient", "InputGradient", []), ("update", "Update", [0.01f, 1f]) })
        {
            yield return Count(Plain, $"16 units of 33 inputs: {name}", "MAC", 16 * 33, board =>
            {
                Machine machine = PlainMachine(board);
                object rows = machine.Invoke(type, "Layer", 16, 33)!;
                machine.Keep(rows);
                object?[] arguments = method switch
                {
                    "Forward" => [new float[16], rows, Spread(33), 16, 33],
                    "InputGradient" => [new float[33], rows, Spread(16), 16, 33],
                    _ => [rows, Spread(33), Spread(16), .. rest, 16, 33],
                };
                return machine.Count(() => machine.Invoke("Tiny.Core.Tests.Kernels.ReferenceKernel", method, arguments));
            });
        }

        static Machine PlainMachine(string board) => Machine(board,
            DeviceCompiler.Compile("Plain", DeviceCompiler.Source("ReferenceKernel"), DeviceCompiler.Source("PlainPredict")));
    }

    private static IEnumerable<Measurement> GeneratedSource()
    {
        (string Name, Network Network)[] models =
        [
            ("float32 33-20-10-4 ReLU, softmax", Device.Models.Float([33, 20, 10, 4])),
            ("float32 33-20-10-4 ReLU, arg-max alone", Device.Models.Float([33, 20, 10, 4], last: Activation.Linear)),
            ("int8 64-32-10 ReLU, softmax", Network.FromBlob(Device.Models.Int8(Device.Models.Float([64, 32, 10])))),
            ("int8 64-32-10 ReLU, arg-max alone",
                Network.FromBlob(Device.Models.Int8(Device.Models.Float([64, 32, 10], last: Activation.Linear)))),
        ];
        foreach ((string name, Network network) in models)
        {
            DeviceProgram program = DeviceCompiler.Compile("Generated", CSharpExporter.Export(network, "Models", "Model"));
            yield return Count(Generated, name, "MAC", Macs(network), board =>
            {
                Machine machine = Machine(board, program);
                float[] x = Spread(network.Inputs);
                float[] outputs = new float[network.Outputs];
                return machine.Count(() => machine.Invoke("Models.Model", "Predict", x, outputs));
            });
        }
    }

    /// <summary>
    /// Each feature alone, of one channel; the mean is found on the way to what is about it. A
    /// wave, so that least and greatest change as they do.
    /// </summary>
    private static IEnumerable<Measurement> FeaturesOfWindows()
    {
        const int window = 200;
        (string Name, FeatureKinds Kinds, int Bands)[] sets =
        [
            ("mean", FeatureKinds.Mean, 0),
            ("std", FeatureKinds.Deviation, 0),
            ("min", FeatureKinds.Minimum, 0),
            ("max", FeatureKinds.Maximum, 0),
            ("mad", FeatureKinds.MeanDifference, 0),
            ("zcr", FeatureKinds.Crossings, 0),
            ("a band", FeatureKinds.None, 1),
            ("four bands", FeatureKinds.None, 4),
            ("default: mean, std, min, max, mad", FeatureKinds.Default, 0),
        ];
        foreach ((string name, FeatureKinds kinds, int bands) in sets)
        {
            yield return Count(Windows, name, "sample", window, board => Window(board, 1, kinds, bands).Features);
        }

        foreach (int channels in new[] { 1, 3, 6 })
        {
            yield return Count(Windows, $"taking a sample of {channels} channel{(channels == 1 ? "" : "s")}", "sample", 1,
                board => Window(board, channels, FeatureKinds.Default, 0).Sample);
        }
    }

    private static (long Sample, long Features) Window(string board, int channels, FeatureKinds kinds, int bands)
    {
        FeatureDescription description =
            new(new Signal(100f).AddAll([.. Enumerable.Range(0, channels).Select(i => $"c{i}")], ""), 200, 100, kinds);
        for (int i = 0; i < bands; i++)
        {
            description.AddBand(1 + i, (float)(2 * Math.Cos(2 * Math.PI * (1 + i) / 100)));
        }

        Network network = new PlanBuilder(
            description.Count, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
        { Features = description.ToBytes() }
            .AddDense(2, Activation.Softmax).ToNetwork();
        DevicePipeline pipeline = new DeviceModel(BlobWriter.ToArray(network), BoardProfile.Load(board), learningSteps: 0).Pipeline!;
        float[] sample = new float[channels];
        int at = 0;
        do
        {
            Array.Fill(sample, (float)(1000 * Math.Sin(0.3 * at++)));
        }
        while (!pipeline.Add(sample));
        pipeline.Compute();
        return (pipeline.SampleInstructions, pipeline.WindowInstructions);
    }

    private static long Predict(byte[] blob, string board, bool bytes, bool wide = true) =>
        Predict(blob, board, bytes, new byte[Network.FromBlob(blob).Inputs], wide);

    /// <summary>Instructions of a whole prediction of these levels, or of the same numbers as floats.</summary>
    internal static long Predict(byte[] blob, string board, bool bytes, byte[] levels, bool wide = true)
    {
        Machine machine = Library(board, wide);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        float[] outputs = new float[Network.FromBlob(blob).Outputs];
        float[] sample = [.. levels.Select(level => (float)level)];
        return bytes
            ? machine.Count(() => machine.Invoke("Tiny.Core.Network", "PredictLevels", network, levels, outputs))
            : machine.Count(() => machine.Invoke("Tiny.Core.Network", "Predict", network, sample, outputs));
    }

    /// <summary>Instructions of a whole prediction of exported source.</summary>
    internal static long Exported(DeviceProgram program, string board, byte[] levels, int outputs)
    {
        Machine machine = Machine(board, program);
        float[] sample = [.. levels.Select(level => (float)level)];
        return machine.Count(() => machine.Invoke("Models.Model", "Predict", sample, new float[outputs]));
    }

    /// <summary>Instructions of a first layer that takes levels, by itself.</summary>
    internal static long FirstLayer(byte[] blob, string board, byte[] levels, string type)
    {
        Machine machine = Library(board, wide: true);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object layer = machine.Invoke("Tiny.Core.Network", "GetLayer", network, 0)!;
        machine.Keep(layer);
        return machine.Count(() => machine.Invoke(type, "EnterLevels", layer, levels));
    }

    /// <summary>Instructions of a sample through a recurrent layer by itself.</summary>
    internal static long Step(byte[] blob, string board, string type, float[] sample)
    {
        Machine machine = Library(board, wide: true);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object layer = machine.Invoke("Tiny.Core.Network", "GetLayer", network, 0)!;
        machine.Keep(layer);
        return machine.Count(() => machine.Invoke(type, "Advance", layer, sample, 0));
    }

    private static int Macs(Network network) =>
        Enumerable.Range(0, network.LayerCount).Sum(i => network.GetLayer(i).Rows() * network.GetLayer(i).Inputs);

    private static float[] Spread(int count) => [.. Enumerable.Range(0, count).Select(i => 0.1f + i / (float)count)];

    internal static Measurement Count(string group, string name, string unit, int units, Func<string, long> instructions) =>
        new(group, name, unit, units, instructions(Boards[0]), instructions(Boards[1]));

    private static Machine Library(string board, bool wide)
    {
        Machine machine = Machine(board, DeviceProgram.Load(DeviceProgram.WholePath));
        machine.Invoke(EmulatorLibrary, "Register", wide);
        return machine;
    }

    private static Machine Machine(string board, DeviceProgram program) => Machine(BoardProfile.Load(board), program);

    /// <summary>A program on a board whose heap is lifted.</summary>
    internal static Machine Machine(BoardProfile board, DeviceProgram program)
    {
        Machine machine = new(board with { HeapBytes = int.MaxValue }, program, TextWriter.Null);
        machine.Start();
        return machine;
    }

    /// <summary>The instructions that an action takes.</summary>
    internal static long Count(this Machine machine, Action action)
    {
        long before = machine.Instructions;
        action();
        return machine.Instructions - before;
    }
}
