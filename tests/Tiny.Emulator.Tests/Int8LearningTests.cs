using Tiny.Benchmarks.Device;
using Tiny.Core.Activations;
using Tiny.Emulator.Boards;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Memory;

namespace Tiny.Emulator.Tests;

/// <summary>Behind int8 layers the float ones learn, on the device as on the desktop.</summary>
public class Int8LearningTests
{
    [Theory]
    [InlineData("stm32f4", 1, Activation.Relu)]
    [InlineData("stm32f091", 2, Activation.Relu)]
    [InlineData("esp32", 1, Activation.Tanh)]
    [InlineData("esp32", 2, Activation.Maxout)]
    public void Float_layers_learn_the_same_bits(string board, int keepFloat, Activation activation)
    {
        byte[] blob = Models.Int8(Models.Float([12, 10, 8, 3], activation), keepFloat: keepFloat);
        Core.Network network = Core.Network.FromBlob(blob);
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        Machine machine = Programs.Library(board);
        object deviceNetwork = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(deviceNetwork);
        object deviceLearner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", deviceNetwork)!;
        machine.Keep(deviceLearner);
        Assert.Equal(DeviceMemory.ToLearn(network), new DeviceModel(blob, BoardProfile.Load(board)).LearnRam);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", deviceLearner, 0.05f);
        Random random = new(1);
        for (int step = 0; step < 50; step++)
        {
            float[] sample = [.. Enumerable.Range(0, 12).Select(_ => (float)random.Next(256))];
            Assert.Equal(LearningResult.Learned, learner.Learn(sample, step % 3));
            Assert.Equal(0, machine.Invoke("Tiny.Learning.SgdLearner", "Learn", deviceLearner, sample, step % 3));
        }

        byte[] learned = BlobWriter.ToArray(network);
        Assert.NotEqual(blob, learned);
        Assert.Equal(learned, machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", deviceNetwork));
    }

    public static TheoryData<string> Boards => [.. BoardProfile.Names];

    [Theory]
    [MemberData(nameof(Boards))]
    public void Absurd_inputs_are_answered_and_learned_from_the_same_on_every_board(string board)
    {
        byte[] blob = Models.Int8(Models.Float([12, 10, 8, 3]), keepFloat: 1);
        Core.Network network = Core.Network.FromBlob(blob);
        SgdLearner learner = new(network) { LearningRate = 0.05f };
        Machine machine = Programs.Library(board);
        object deviceNetwork = machine.Invoke("Tiny.Core.Network", "FromBlob", blob)!;
        machine.Keep(deviceNetwork);
        object deviceLearner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", deviceNetwork)!;
        machine.Keep(deviceLearner);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", deviceLearner, 0.05f);
        float[] expected = new float[3];
        float[] outputs = new float[3];
        foreach (float absurd in new[] { float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 3e38f, -3e38f })
        {
            for (int input = 0; input < 12; input++)
            {
                float[] sample = [.. Enumerable.Range(0, 12).Select(i => i == input ? absurd : 20f * i)];
                Assert.Equal(network.Predict(sample, expected),
                    machine.Invoke("Tiny.Core.Network", "Predict", deviceNetwork, sample, outputs));
                Assert.Equal(expected, outputs);
                Assert.Equal((int)learner.Learn(sample, input % 3),
                    machine.Invoke("Tiny.Learning.SgdLearner", "Learn", deviceLearner, sample, input % 3));
            }
        }

        for (int input = 0; input < 12; input++)
        {
            float[] bad = new float[12];
            bad[input] = float.NaN;
            Assert.Throws<ArgumentException>(() => network.Predict(bad, expected));
            Assert.Throws<ArgumentException>(() => learner.Learn(bad, 0));
            Assert.Throws<DeviceProgramException>(() => machine.Invoke("Tiny.Core.Network", "Predict", deviceNetwork, bad, outputs));
            Assert.Throws<DeviceProgramException>(() => machine.Invoke("Tiny.Learning.SgdLearner", "Learn", deviceLearner, bad, 0));
        }

        Assert.Equal(BlobWriter.ToArray(network), machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", deviceNetwork));
    }
}
