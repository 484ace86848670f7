using Tiny.Core;
using Tiny.Emulator;
using Tiny.Emulator.Boards;
using Tiny.Import.Tests.Graphs;
using Tiny.Learning;
using Tiny.Saving;
using Tiny.Training.Evaluation;
using Tiny.Training.Import;

namespace Tiny.Import.Tests.Import;

/// <summary>Imported models on an emulated board.</summary>
public class EmulatedTests
{
    private const string Library = "Tiny.Emulator.Library.Library";

    [Theory]
    [InlineData("gemm relu softmax 1")]
    [InlineData("leaky, prelu, normalized input 2")]
    [InlineData("signal, batch norm, pools 1")]
    [InlineData("image, uneven pads, strides, dilations 1")]
    [InlineData("depthwise separable, relu6 1")]
    [InlineData("residual 1")]
    [InlineData("branches beside each other 1")]
    [InlineData("channels last, normalized, as Keras writes it 1")]
    [InlineData("groups, an image of one row 2")]
    [InlineData("tanh 1")]
    public void The_board_answers_with_the_cores_bits(string name)
    {
        ImportedModel imported = OnnxImporter.Import(MadeGraphs.Make(name).Model);
        DeviceModel device = DeviceModel.TryLoad(imported.ToBlob(), BoardProfile.Load("stm32f4"), 0, out string? tooLarge)
            ?? throw new InvalidOperationException(tooLarge);
        PredictionTrace trace = new(imported.Network);
        foreach (float[] row in imported.DrawRows(2))
        {
            trace.Run(row);
            float[][] layers = device.TraceLayers(row);
            Assert.Equal(imported.Network.LayerCount, layers.Length);
            Assert.All(layers.Select((outputs, layer) => (outputs, layer)), given =>
                Assert.Equal(trace.GetOutputs(given.layer).Select(BitConverter.SingleToInt32Bits),
                given.outputs.Select(BitConverter.SingleToInt32Bits)));
        }
    }

    [Fact]
    public void The_last_layer_of_an_imported_network_of_convolutions_learns_on_the_board_with_the_desktops_bits()
    {
        const int Passes = 10;
        const float Rate = 0.05f;
        byte[] model = new GraphMaker(4, 2, 24).Conv(6, [5]).Then("Relu").Pool("MaxPool", [2]).Flatten().Gemm(2).Done();
        ImportedModel imported = OnnxImporter.Import(model, new ImportOptions { Labels = ["low", "high"] });
        Network network = imported.Network;
        Machine machine = new(BoardProfile.Load("stm32f4") with { HeapBytes = int.MaxValue }, DeviceProgram.Load(DeviceProgram.WholePath),
            TextWriter.Null);
        machine.Start();
        machine.Invoke(Library, "Register", true);
        object device = machine.Invoke("Tiny.Core.Network", "FromBlob", imported.ToBlob())!;
        machine.Keep(device);
        object deviceLearner = machine.Invoke("Tiny.Learning.SgdLearner", ".ctor", device)!;
        machine.Keep(deviceLearner);
        machine.Invoke("Tiny.Learning.SgdLearner", "set_LearningRate", deviceLearner, Rate);
        SgdLearner learner = new(network) { LearningRate = Rate };
        for (int layer = 0; layer < network.LayerCount - 1; layer++)
        {
            network.GetLayer(layer).Frozen = true;
            machine.Invoke(Library, "Freeze", device, layer);
        }

        float[][] rows = [.. Enumerable.Range(0, 40)
            .Select(i => Enumerable.Range(0, 48).Select(k => (i % 2) + 0.1f * ((i * 7 + k * 3) % 10)).ToArray())];
        for (int i = 0; i < Passes * rows.Length; i++)
        {
            learner.Learn(rows[i % rows.Length], i % 2);
            machine.Invoke("Tiny.Learning.SgdLearner", "Learn", deviceLearner, rows[i % rows.Length], i % 2);
        }

        Assert.All(rows.Select((row, i) => (row, i)), pair => Assert.Equal(pair.i % 2, network.Classify(pair.row)));
        Assert.Equal(BlobWriter.ToArray(network), (byte[])machine.Invoke("Tiny.Saving.BlobWriter", "ToArray", device)!);
    }
}
