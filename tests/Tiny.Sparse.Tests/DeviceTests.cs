using Tiny.Benchmarks.Device;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Emulator.Dialect;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Pruning;

namespace Tiny.Sparse.Tests;

/// <summary>Sparse models on emulated boards, from blobs and as source, to the bit of the desktop.</summary>
public class DeviceTests
{
    private static readonly string[] Boards = ["stm32f4", "stm32f091", "esp32_rev3", "rp2040"];

    private static readonly Dictionary<string, Func<byte[]>> Models = new()
    {
        ["float"] = () => Make.Blob(Make.Train(Make.Options())),
        ["float, normalized as it is loaded"] = () => Far(Make.Dense(50, 14, 0.2, Activation.Tanh)),
        ["float, many inputs"] = () => SparseBlob.Of(Make.Dense(900, 40, 0.08, normalizes: true)),
        ["float, many inputs, normalized"] = () => Far(Make.Dense(500, 40, 0.08)),
        ["float, two sparse layers"] = () => Make.Blob(Make.Train(Make.Options(0.7f) with { HiddenLayers = [30, 24] })),
        ["float, one layer"] = () => Make.Blob(Make.Train(Make.Options() with { HiddenLayers = [] })),
        ["int8"] = () => BlobWriter.ToArray(LayerTests.Int8().Network),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_blob_predicts_and_learns_to_the_same_bits_on_every_board(string name)
    {
        byte[] blob = Models[name]();
        foreach (string board in Boards)
        {
            Network network = Network.FromBlob(blob);
            Machine machine = new(BoardProfile.Load(board) with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
                TextWriter.Null);
            machine.Start();
            machine.Invoke("Tiny.Emulator.Library.Library", "Register", board == "stm32f4");
            object device = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
            machine.Keep(device);
            foreach (float[] sample in Samples(network.Inputs).Take(4))
            {
                float[] here = new float[network.Outputs];
                float[] there = new float[network.Outputs];
                long before = machine.Allocated;
                Assert.Equal(network.Predict(sample, here), machine.Invoke("Tiny.Core.Network", "Predict", device, sample, there));
                Assert.Equal(Make.Bits(here), Make.Bits(there));
                Assert.Equal(0, machine.Allocated - before);
            }

            if (network.InputForm == InputForm.Values)
            {
                Learn(machine, device, network);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Source_answers_as_the_core_does_absurd_inputs_included(string name)
    {
        Network network = Network.FromBlob(Models[name]());
        DeviceProgram program = DeviceCompiler.Compile("Generated", CSharpExporter.Export(network, "Some.Models", "Model"));
        Assert.Empty(DialectGate.Check(program));
        Machine machine = new(BoardProfile.Load("stm32f4") with { HeapBytes = int.MaxValue }, program, TextWriter.Null);
        machine.Start();
        foreach (float[] sample in Samples(network.Inputs))
        {
            float[] expected = new float[network.Outputs];
            float[] outputs = new float[network.Outputs];
            bool refused = false;
            int answer = 0;
            try
            {
                answer = network.Predict(sample, expected);
            }
            catch (ArgumentException)
            {
                refused = true;
            }

            if (refused)
            {
                Assert.Throws<DeviceProgramException>(() => machine.Invoke("Some.Models.Model", "Predict", sample, outputs));
                continue;
            }

            Assert.Equal(answer, machine.Invoke("Some.Models.Model", "Predict", sample, outputs));
            Assert.Equal(Make.Bits(expected), Make.Bits(outputs));
            Assert.Equal(answer, machine.Invoke("Some.Models.Model", "Classify", sample));
        }

        if (network.InputForm != InputForm.Values)
        {
            byte[] levels = [.. Enumerable.Range(0, network.Inputs).Select(i => (byte)(i * 37))];
            float[] expected = new float[network.Outputs];
            float[] outputs = new float[network.Outputs];
            Assert.Equal(network.PredictLevels(levels, expected), machine.Invoke("Some.Models.Model", "PredictLevels", levels, outputs));
            Assert.Equal(Make.Bits(expected), Make.Bits(outputs));
            Assert.Equal(network.ClassifyLevels(levels), machine.Invoke("Some.Models.Model", "ClassifyLevels", levels));
        }
    }

    [Fact]
    public void A_weight_that_is_not_there_costs_nothing()
    {
        long Cost(double density)
        {
            Network network = Make.Dense(200, 30, density);
            return new DeviceModel(SparseBlob.Of(network), BoardProfile.Load("stm32f4"), 0).Instructions;
        }

        Assert.InRange(Cost(0.05), 1, Cost(0.5) / 3);
    }

    private static void Learn(Machine machine, object device, Network network)
    {
        SgdLearner learner = new(network) { LearningRate = 0.02f, L2 = 0.001f };
        object there = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", device)!;
        machine.Keep(there);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", there, 0.02f);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_L2", there, 0.001f);
        float[][] samples = [.. Samples(network.Inputs).Take(3)];
        for (int step = 0; step < 12; step++)
        {
            learner.Learn(samples[step % 3], step % Make.Classes);
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", there, samples[step % 3], step % Make.Classes);
        }

        Assert.Equal(BlobWriter.ToArray(network), (byte[])machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", device)!);
    }

    /// <summary>Means far from 0 stay out of the weights.</summary>
    private static byte[] Far(Network network)
    {
        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.InputMeans[i] = 300f + i;
            network.Scaling.InputScales[i] = 0.5f;
        }

        return SparseBlob.Of(network);
    }

    private static IEnumerable<float[]> Samples(int inputs)
    {
        Dataset data = Make.Data(6);
        for (int i = 0; i < 6; i++)
        {
            yield return inputs == Make.Inputs ? data.Row(i).ToArray() : [.. Make.Sample(inputs, i, 30f).Select(value => value + 300f)];
        }

        foreach (float absurd in new[] { 1e20f, -1e20f, 3e38f, -3e38f, float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            yield return [.. Make.Sample(inputs, 9).Select((value, i) => i % 3 == 1 ? absurd : value)];
        }
    }
}
