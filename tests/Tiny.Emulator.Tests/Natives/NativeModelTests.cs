using Tiny.Convolution;
using Tiny.Convolution.Tests.Int8;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Emulator.Boards;
using Tiny.Features;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Recurrence;
using Tiny.Saving;
using Tiny.Sparse.Tests;
using Tiny.Training.Pruning;
using Tiny.Training.Quantization;
using BenchmarkModels = Tiny.Benchmarks.Device.Models;

namespace Tiny.Emulator.Tests.Natives;

/// <summary>Models on emulated boards whose firmware has the kernels in C: the same bits, and what they cost.</summary>
public class NativeModelTests
{
    private const int Samples = 3;

    private static Dictionary<string, Func<byte[]>> Models => new()
    {
        ["dense"] = () => Drawn(new PlanBuilder(9, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(7, Activation.Tanh)
            .AddDense(6, Activation.Maxout).AddDense(3, Activation.Softmax)),
        ["conv"] = () => Drawn(new PlanBuilder(60, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 6, Width = 5 }
            .AddBehind(Conv2D.Conv2DCode, 90, 90, [3, 0, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, (byte)Activation.Relu])
            .AddDense(3, Activation.Softmax)),
        ["gru"] = () => Drawn(new PlanBuilder(12, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 4, Width = 1 }
            .AddBehind(Gru.GruCode, 5, 5, [5, 0, 0]).AddDense(3, Activation.Softmax)),
        ["windows"] = () => Drawn(Windows()),
        ["gru exact"] = () => Drawn(new PlanBuilder(12, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 4, Width = 1 }
            .AddBehind(Gru.GruCode, 5, 5, [5, 0, RecurrentKind.Exact]).AddDense(3, Activation.Softmax)),
        ["fastgrnn"] = () => Drawn(new PlanBuilder(12, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 4, Width = 1 }
            .AddBehind(FastGrnn.FastGrnnCode, 5, 5, [5, 0, 0]).AddDense(3, Activation.Softmax), share: 0.5f),
        ["sparse"] = () => SparseBlob.Of(Make.Dense(50, 14, 0.2, Activation.Tanh)),
        ["sparse raw"] = () => SparseBlob.Of(Make.Dense(90, 12, 0.2, normalizes: true)),
        ["sparse int8"] = () => Quantizer.Quantize(
            Network.FromBlob(SparseBlob.Of(Make.Dense(Make.Inputs, 14, 0.25, normalizes: true))), Make.Data(),
                [.. Enumerable.Range(0, Make.Data().Rows)]),
        ["int8"] = () => BenchmarkModels.Int8(DenseNetwork(20, 9, 3)),
        ["int8 each"] = () => BenchmarkModels.Int8(DenseNetwork(20, 9, 3), each: true, keepFloat: 1),
        ["int8 conv"] = () => new Int8Stack(7, 6, 3, 5).Conv(10, [3, 3, 2, 1, 1, 1, 1, 1, 1, 1])
            .Conv(4, [3, 2, 1, 1, 0, 0, 0, 0, 1, 2], Activation.Tanh).Dense(3, false),
        ["int8 depthwise"] = () => new Int8Stack(8, 7, 4).Conv(0, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1])
            .Conv(0, [2, 3, 2, 1, 0, 0, 0, 0, 1, 1], Activation.Sigmoid).Dense(3, true),
        ["int8 pooled"] = () => new Int8Stack(9, 9, 1).Conv(5, [3, 3, 1, 1, 1, 1, 1, 1, 1, 1], pool: 2, largest: 10)
            .Pool([2, 2, 1, 1, 0, 0, 0, 0, 1, 1], true).Dense(3, true),
        ["int8 floats"] = () => new Int8Stack(5, 5, 1).Conv(4, [5, 5, 1, 1, 2, 2, 2, 2, 1, 1], largest: 5).Floats(0.25f, true),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_gives_the_desktops_bits_allocates_nothing_and_is_quicker(string name)
    {
        byte[] blob = Models[name]();
        Network network = Network.FromBlob(blob);
        foreach (string board in new[] { "stm32f4", "esp32", "rp2040" })
        {
            DeviceModel native = new(blob, BoardProfile.Load(board), native: true);
            DeviceModel managed = new(blob, BoardProfile.Load(board));
            Assert.Equal(0, native.AllocatedByPredict);
            Assert.Equal(0, native.AllocatedByLearn);
            Assert.True(native.Instructions < managed.Instructions,
                $"{native.Instructions} instructions with the kernels in C, {managed.Instructions} without");
            for (int seed = 0; seed < Samples; seed++)
            {
                Random random = new(seed);
                float[] sample = [.. Enumerable.Range(0, network.Inputs)
                    .Select(_ => network.InputForm == InputForm.Values ? (float)random.NextDouble() * 4 - 2 : random.Next(256))];
                float[][] expected = managed.TraceLayers(sample);
                float[][] traced = native.TraceLayers(sample);
                Assert.Equal(expected.SelectMany(layer => layer).Select(BitConverter.SingleToInt32Bits),
                    traced.SelectMany(layer => layer).Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    /// <summary>What a sensor's program computes before each prediction.</summary>
    [Fact]
    public void Features_on_the_board_have_the_desktops_bits_and_take_a_fraction()
    {
        FeatureDescription description = new FeatureDescription(
            new Signal(50f).Add("a", "g"), 100, 25,
                FeatureKinds.Mean | FeatureKinds.Deviation | FeatureKinds.Minimum | FeatureKinds.Crossings).AddBand(3f, 1.8596f);
        FeaturePipeline desktop = new(description);
        (Machine machine, object native) = Pipeline(description, true);
        (Machine other, object managed) = Pipeline(description, false);
        float[] expected = new float[description.Count];
        long instructions = 0;
        long interpreted = 0;
        for (int i = 0; i < 150; i++)
        {
            float[] sample = [MathF.Sin(i * 0.37f) * 3f];
            bool due = desktop.Add(sample);
            Assert.Equal(due, machine.Invoke("Tiny.Features.FeaturePipeline", "Add", native, sample));
            Assert.Equal(due, other.Invoke("Tiny.Features.FeaturePipeline", "Add", managed, sample));
            if (due)
            {
                desktop.Compute(expected);
                instructions = Computed(machine, native, expected);
                interpreted = Computed(other, managed, expected);
            }
        }

        Assert.InRange(instructions, 1_000, interpreted / 5);
    }

    private static long Computed(Machine machine, object pipeline, float[] expected)
    {
        float[] features = new float[expected.Length];
        (long before, long allocated) = (machine.Instructions, machine.Allocated);
        machine.Invoke("Tiny.Features.FeaturePipeline", "Compute", pipeline, features);
        Assert.Equal(allocated, machine.Allocated);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), features.Select(BitConverter.SingleToInt32Bits));
        return machine.Instructions - before;
    }

    private static (Machine Machine, object Pipeline) Pipeline(FeatureDescription description, bool native)
    {
        Machine machine = new(BoardProfile.Load("stm32f4") with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        if (native)
        {
            machine.Invoke("Tiny.Native.Features.NativePasses", "Register");
        }

        object there = machine.Invoke("Tiny.Features.FeatureDescription", "FromBytes", description.ToBytes())!;
        machine.Keep(there);
        object pipeline = machine.Invoke("Tiny.Features.FeaturePipeline", ".ctor", there)!;
        machine.Keep(pipeline);
        return (machine, pipeline);
    }

    [Fact]
    public void A_learner_on_the_board_steps_to_the_desktops_bits()
    {
        byte[] blob = Drawn(new PlanBuilder(11, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(8, Activation.Relu)
            .AddDense(5, Activation.Sigmoid).AddDense(3, Activation.Softmax));
        Network desktop = Network.FromBlob(blob);
        SgdLearner learner = new(desktop) { LearningRate = 0.1f };
        Machine machine = Start("stm32f4", [1], true);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        object native = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", network)!;
        machine.Keep(native);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", native, 0.1f);
        for (int step = 0; step < 40; step++)
        {
            Random random = new(step);
            float[] sample = [.. Enumerable.Range(0, 11).Select(_ => (float)random.NextDouble() * 4 - 2)];
            learner.Learn(sample, step % 3);
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", native, sample, step % 3);
        }

        byte[] saved = (byte[])machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", network)!;
        Assert.Equal(BlobWriter.ToArray(desktop), saved);
    }

    /// <summary>The whole of it: the managed part as the interpreter takes it, the kernels as they were counted.</summary>
    [Fact]
    public void A_whole_prediction_of_784_32_10_from_bytes_is_within_140_000_instructions()
    {
        byte[] blob = BenchmarkModels.Int8(DenseNetwork(784, 32, 10));
        byte[] levels = [.. Enumerable.Range(0, 784).Select(i => (byte)i)];
        Assert.InRange(Predict(Start("stm32f4", [2, 3], true), blob, levels, 10), 60_000, 140_000);
    }

    /// <summary>DS-CNN with int8 weights: what is on the heap besides the blob, which holds the weights.</summary>
    [Fact]
    public void The_keyword_network_takes_14_million_instructions_and_48_KB_besides_its_weights()
    {
        byte[] same = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        byte[] one = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1];
        Int8Stack stack = new Int8Stack(49, 10, 1, 128, classes: true) { SharesBuffers = true }
            .Conv(64, [10, 4, 2, 2, 4, 1, 5, 1, 1, 1], largest: 10);
        for (int block = 0; block < 4; block++)
        {
            stack = stack.Conv(0, same).Conv(64, one);
        }

        byte[] blob = stack.Dense(12, true);
        Assert.InRange(stack.Macs, 2_656_000, 2_657_000);
        Machine machine = Start("stm32f4", [11, 12, 15, 3], true);
        byte[] levels = [.. Enumerable.Range(0, 490).Select(i => (byte)(7 * i))];
        machine.ResetPeak();
        long before = machine.HeapLive;
        long instructions = Predict(machine, blob, levels, 12);
        Assert.InRange(instructions, 8_000_000, 14_000_000);
        Assert.InRange(machine.HeapPeak - before - blob.Length, 10_000, 48 * 1024);
    }

    private static long Predict(Machine machine, byte[] blob, byte[] levels, int outputs)
    {
        machine.Place(blob);
        object network = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(network);
        float[] answer = new float[outputs];
        float[] expected = new float[outputs];
        Network.FromBlob(blob).PredictLevels(levels, expected);
        long before = machine.Instructions;
        machine.Invoke("Tiny.Core.Network", "PredictLevels", network, levels, answer);
        long instructions = machine.Instructions - before;
        Assert.Equal(expected, answer);
        return instructions;
    }

    private static Machine Start(string board, byte[] kinds, bool learns)
    {
        Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        machine.Invoke("Tiny.Emulator.Library.ModelKinds", "ToPredictNatively", kinds);
        if (learns)
        {
            machine.Invoke("Tiny.Emulator.Library.ModelKinds", "ToLearnNatively", kinds);
        }

        return machine;
    }

    private static Network DenseNetwork(int inputs, int hidden, int classes)
    {
        Network network = new PlanBuilder(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(hidden, Activation.Relu)
            .AddDense(classes, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, 1);
        return network;
    }

    /// <summary>A convolution, pools and a depthwise convolution.</summary>
    private static PlanBuilder Windows()
    {
        byte[] same = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        byte[] half = [2, 2, 2, 2, 0, 0, 0, 0, 1, 1];
        return new PlanBuilder(8 * 8 * 2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 8, Width = 8 }
            .AddBehind(Conv2D.Conv2DCode, 64 * 5, 64 * 5, [5, 0, .. same, (byte)Activation.Relu])
            .AddBehind(MaxPooling.MaxPoolingCode, 16 * 5, 16 * 5, half)
            .AddBehind(DepthwiseConv2D.DepthwiseConv2DCode, 16 * 5, 16 * 5, [.. same, (byte)Activation.Tanh])
            .AddBehind(AveragePooling.AveragePoolingCode, 4 * 5, 4 * 5, half)
            .AddBehind(GlobalAverage.GlobalAverageCode, 5, 5, [])
            .AddDense(3, Activation.Softmax);
    }

    /// <param name="plan">The network.</param>
    /// <param name="share">What the last two parameters of the first layer become, where they are shares; else negative.</param>
    private static byte[] Drawn(PlanBuilder plan, float share = -1f)
    {
        Network network = plan.ToNetwork();
        for (int i = 0; i < network.LayerCount; i++)
        {
            float[] parameters = new float[network.GetLayer(i).ParameterCount];
            Random random = new(i);
            for (int k = 0; k < parameters.Length; k++)
            {
                parameters[k] = (float)random.NextDouble() - 0.5f;
            }

            if (i == 0 && share >= 0f)
            {
                (parameters[^2], parameters[^1]) = (share, share);
            }

            if (parameters.Length > 0)
            {
                network.GetLayer(i).SetParameters(parameters, 0, parameters.Length);
            }
        }

        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.SetInput(i, 0.1f, 1.5f);
        }

        return BlobWriter.ToArray(network);
    }
}
