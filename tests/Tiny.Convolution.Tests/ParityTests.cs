using Tiny.Convolution.Int8.Wide;
using Tiny.Convolution.Tests.Int8;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Convolution.Tests;

/// <summary>
/// What each kind gives, and its weights after 1,000 learning steps, are the same to the bit on the desktop and on
/// every board, with small kernels and wide ones; and they are what they were when the golden figures were written. A
/// figure is a CRC-32; if arithmetic was meant to change, the test says the new ones.
/// </summary>
public class ParityTests
{
    // A core with an FPU, one without, and those whose firmware has no maths library.
    private static readonly string[] Learning = ["stm32f4", "stm32f091", "esp32_rev3", "rp2040"];
    private const int Steps = 1000;
    private const int Samples = 4;

    private static readonly Dictionary<string, int[]> Golden = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden.csv"))
        .Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => cells.Skip(1).Select(int.Parse).ToArray());

    public static TheoryData<string> Floats => [.. Stacks.Keys];

    public static TheoryData<string> Packed => [.. Int8Stacks.Keys];

    private static Sizes Square => new(6, 7, 2, 3, 3, 1, 1, 1, 1, 1, 1);

    private static Dictionary<string, Func<PlanBuilder>> Stacks => new()
    {
        ["conv"] = () => Plan(Square).AddBehind(Conv2D.Conv2DCode, 126, 126, Plans.OfConv2D(Square, 3, Activation.Relu)),
        ["conv with strides and dilation"] = () => Plan(Spread)
            .AddBehind(Conv2D.Conv2DCode, Places(Spread) * 4, Places(Spread) * 4, Plans.OfConv2D(Spread, 4, Activation.Tanh)),
        ["depthwise"] = () => Plan(Square).AddBehind(DepthwiseConv2D.DepthwiseConv2DCode, 84, 84,
            [.. Square.Attributes, (byte)Activation.Elu, .. BitConverter.GetBytes(1f)]),
        ["max over conv"] = () => Over(MaxPooling.MaxPoolingCode, Pool.Attributes, Places(Pool) * 2),
        ["mean over conv"] = () => Over(AveragePooling.AveragePoolingCode, Pool.Attributes, Places(Pool) * 2),
        ["global over conv"] = () => Over(GlobalAverage.GlobalAverageCode, [], 2),
        ["add"] = () => Branches(Add.AddCode, Activation.Tanh, 3 * 42),
        ["concat"] = () => Branches(Concat.ConcatCode, Activation.Relu, 6 * 42),
    };

    private static Dictionary<string, Func<(byte[] Blob, int Values)>> Int8Stacks => new()
    {
        ["int8 conv"] = () => (new Int8Stack(7, 6, 3, 5).Conv(10, [3, 3, 2, 1, 1, 1, 1, 1, 1, 1])
            .Conv(4, [3, 2, 1, 1, 0, 0, 0, 0, 1, 2], Activation.Tanh).Dense(3, false), 126),
        ["int8 depthwise"] = () => (new Int8Stack(8, 7, 4).Conv(0, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1])
            .Conv(0, [2, 3, 2, 1, 0, 0, 0, 0, 1, 1], Activation.Sigmoid).Dense(3, true), 224),
        ["int8 pooled"] = () => (new Int8Stack(9, 9, 1).Conv(5, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], pool: 2, largest: 10)
            .Pool([2, 2, 1, 1, 0, 0, 0, 0, 1, 1], true).Dense(3, true), 81),
        ["int8 mean"] = () => (new Int8Stack(6, 6, 2, 9).Pool([3, 3, 2, 2, 1, 1, 1, 1, 1, 1], false).Conv(7, [2, 2, 1, 1, 0, 0, 0, 0, 1, 1])
            .Dense(3, false), 72),
        ["int8 floats"] = () => (new Int8Stack(5, 5, 1).Conv(4, [5, 5, 1, 1, 2, 2, 2, 2, 1, 1], largest: 5).Floats(0.25f, true), 25),
    };

    private static Sizes Spread => new(9, 8, 2, 3, 3, 1, 2, 2, 1, 0, 3, 2, 2);

    private static Sizes Pool => new(6, 7, 2, 3, 2, 2, 2, 1, 0, 0, 1);

    [Theory]
    [MemberData(nameof(Floats))]
    public void A_float_kind_learns_to_the_golden_bits_on_every_board(string name)
    {
        Network network = Stacks[name]().AddDense(3, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, 3);
        byte[] blob = BlobWriter.ToArray(network);
        float[][] samples = [.. Enumerable.Range(0, Samples).Select(i => Plans.Draw(new(i), network.Inputs))];
        int[] desktop = [Crc([.. samples.SelectMany(sample => Predict(network, sample))]), 0];
        SgdLearner learner = new(network) { LearningRate = 0.02f };
        for (int step = 0; step < Steps; step++)
        {
            learner.Learn(samples[step % Samples], step % 3);
        }

        byte[] learned = BlobWriter.ToArray(network);
        desktop[1] = Crc32.Compute(0, learned, 0, learned.Length);
        Assert.NotEqual(blob, learned);
        Assert.True(Golden.TryGetValue(name, out int[]? golden) && golden.SequenceEqual(desktop), $"{name},{string.Join(',', desktop)}");
        foreach (string board in Learning)
        {
            Assert.Equal(desktop, OnBoard(board, blob, samples));
        }
    }

    [Theory]
    [MemberData(nameof(Packed))]
    public void An_int8_kind_gives_the_golden_bits_on_every_board(string name)
    {
        (byte[] blob, int values) = Int8Stacks[name]();
        WideInt8Convolutions.Register();
        Network network = Network.FromBlob(blob);
        float[][] samples = [.. Enumerable.Range(0, Samples)
            .Select(i => Plans.Draw(new(i), values).Select(x => 140f + 140f * x).ToArray())];
        int[] desktop = [Crc([.. samples.SelectMany(sample => Predict(network, sample))])];
        Assert.True(Golden.TryGetValue(name, out int[]? golden) && golden.SequenceEqual(desktop), $"{name},{string.Join(',', desktop)}");
        foreach (string board in BoardProfile.Names)
        {
            foreach (bool wide in new[] { false, true })
            {
                DeviceModel model = new(blob, BoardProfile.Load(board), 0, wide);
                Assert.Equal(0, model.AllocatedByPredict);
                Assert.Equal(desktop[0], Crc([.. samples.SelectMany(sample => model.TraceLayers(sample)[^1])]));
            }
        }
    }

    [Fact]
    public void With_all_but_the_last_layer_frozen_a_step_costs_a_prediction_and_the_head()
    {
        Network network = Stacks["max over conv"]().AddDense(3, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, 3);
        byte[] blob = BlobWriter.ToArray(network);
        for (int layer = 0; layer < network.LayerCount - 1; layer++)
        {
            network.GetLayer(layer).Frozen = true;
        }

        float[] sample = Plans.Draw(new(1), network.Inputs);
        new SgdLearner(network) { LearningRate = 0.5f }.Learn(sample, 1);
        byte[] learned = BlobWriter.ToArray(network);
        int head = 4 * network.GetLayer(network.LayerCount - 1).ParameterCount;
        Assert.Equal(blob[32..^head], learned[32..^head]);
        Assert.NotEqual(blob[^head..], learned[^head..]);
        (long predict, long all, long frozen) = Costs(blob, sample, network.LayerCount);
        Assert.InRange(frozen, predict, predict + all / 4);
    }

    private static (long Predict, long All, long Frozen) Costs(byte[] blob, float[] sample, int layers)
    {
        Machine machine = Start("stm32f4", true);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object learner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        machine.Keep(learner);
        long predict = Count(machine, () => machine.Invoke("Tiny.Core.Network", "Predict", network, sample, new float[3]));
        long all = Count(machine, () => machine.Invoke("Tiny.Learning.SgdLearner", "Learn", learner, sample, 1));
        for (int layer = 0; layer < layers - 1; layer++)
        {
            machine.Invoke("Tiny.Emulator.Library.Library", "Freeze", network, layer);
        }

        return (predict, all, Count(machine, () => machine.Invoke("Tiny.Learning.SgdLearner", "Learn", learner, sample, 1)));
    }

    private static long Count(Machine machine, Action action)
    {
        long before = machine.Instructions;
        action();
        return machine.Instructions - before;
    }

    private static int[] OnBoard(string board, byte[] blob, float[][] samples)
    {
        Machine machine = Start(board, board.StartsWith("stm32", StringComparison.Ordinal));
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        List<float> outputs = [];
        foreach (float[] sample in samples)
        {
            float[] output = new float[3];
            machine.Invoke("Tiny.Core.Network", "Predict", network, sample, output);
            outputs.AddRange(output);
        }

        object learner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        machine.Keep(learner);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", learner, 0.02f);
        for (int step = 0; step < Steps; step++)
        {
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", learner, samples[step % Samples], step % 3);
        }

        byte[] learned = (byte[])machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", network)!;
        return [Crc([.. outputs]), Crc32.Compute(0, learned, 0, learned.Length)];
    }

    private static Machine Start(string board, bool wide)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.Emulator.Library.Library", "Register", wide);
        return machine;
    }

    private static PlanBuilder Plan(Sizes sizes) =>
        new(sizes.Values, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = sizes.Height, Width = sizes.Width };

    private static PlanBuilder Over(int kind, byte[] attributes, int outputs) =>
        Plan(Square).AddBehind(Conv2D.Conv2DCode, 84, 84, Plans.OfConv2D(Square, 2, Activation.Relu))
        .AddBehind(kind, outputs, outputs, attributes);

    /// <summary>Two convolutions of what a first one gives, and they meet; what is behind learns.</summary>
    private static PlanBuilder Branches(int kind, Activation activation, int outputs)
    {
        byte[] conv = Plans.OfConv2D(Square, 3, Activation.Linear);
        PlanBuilder plan = Plan(Square).AddBehind(Conv2D.Conv2DCode, 84, 84, Plans.OfConv2D(Square, 2, Activation.Relu));
        int root = plan.CurrentBuffer;
        int first = plan.AddBuffer(BlobFormat.Floats, 126);
        int second = plan.AddBuffer(BlobFormat.Floats, 126);
        plan.AddNode(Conv2D.Conv2DCode, root, first, 126, conv);
        plan.AddNode(Conv2D.Conv2DCode, root, second, 126, conv);
        return plan.AddNode(kind, first, plan.AddBuffer(BlobFormat.Floats, outputs), outputs, [(byte)second, (byte)activation]);
    }

    private static int Places(Sizes sizes) => sizes.OutputHeight * sizes.OutputWidth;

    private static float[] Predict(Network network, float[] sample)
    {
        float[] outputs = new float[network.Outputs];
        network.Predict(sample, outputs);
        return outputs;
    }

    private static int Crc(float[] values)
    {
        byte[] bytes = [.. values.SelectMany(BitConverter.GetBytes)];
        return Crc32.Compute(0, bytes, 0, bytes.Length);
    }
}
