using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Import.Tests.Graphs;
using Tiny.Planning;
using Tiny.Recurrence;
using Tiny.Training.Export.Onnx;
using Tiny.Training.Import;
using FastGrnn = Tiny.Recurrence.FastGrnn;

namespace Tiny.Import.Tests.Import;

/// <summary>ONNX's GRU over 200 samples, imported and held to ONNX Runtime; what of it is refused; and back.</summary>
public class RecurrentTests
{
    private const double Exact = 1e-5;

    public static TheoryData<string> Names() => [.. GruGraphs.Known.Keys];

    [RuntimeTheory]
    [MemberData(nameof(Names))]
    public void It_answers_as_ONNX_Runtime_does(string name)
    {
        (byte[] model, int[] shape) = GruGraphs.Known[name]();
        ImportedModel imported = OnnxImporter.Import(model);
        if (name.StartsWith("layout 1", StringComparison.Ordinal))
        {
            // ONNX Runtime has no layout 1: the graph's own reference answers.
            Assert.True(imported.Check(imported.DrawRows(4)).Passed);
        }
        else
        {
            Agreement agreement = Agreement.Of(imported, model, shape);
            Assert.InRange(agreement.Reference, 0, Exact);
            Assert.InRange(agreement.Core, 0, Exact);
        }

        Assert.False(imported.UsesTable); // gates of what was trained elsewhere are computed
        Assert.Contains(Enumerable.Range(0, imported.Network.LayerCount).Select(imported.Network.GetLayer),
            layer => layer is GruLayer { IsExact: true });
        float[][] rows = [.. imported.DrawRows(3)];
        Assert.Equal(Agreement.Bits(imported.Network, rows), Agreement.Bits(Network.FromBlob(imported.ToBlob()), rows));
    }

    [TorchFact]
    public void Models_of_PyTorch_answer_as_ONNX_Runtime_does()
    {
        Assert.Equal(8, TorchGraphs.RecurrentFiles.Count);
        foreach (string file in TorchGraphs.RecurrentFiles)
        {
            ImportedModel imported = OnnxImporter.Import(file);
            Agreement agreement = Agreement.Of(imported, File.ReadAllBytes(file), TorchGraphs.ShapeOf(file));
            Assert.True(agreement is { Core: <= Exact, Reference: <= Exact }, $"{file}: {agreement}");
        }
    }

    [Fact]
    public void Forms_without_an_equal_are_refused_with_what_would_do()
    {
        Refused(GruGraphs.One(1, linear: 0), "linear_before_reset is 0", "reset_after=True");
        Refused(GruGraphs.One(2, direction: "reverse"), "direction is reverse", "forward");
        Refused(GruGraphs.One(3, activations: ["Sigmoid", "Relu"]), "[Sigmoid, Relu]", "[Sigmoid, Tanh]");
        Refused(GruGraphs.One(4, clip: 3f), "clip is 3", "not held");
        Refused(GruGraphs.One(5, lengths: 150), "sequence_lens are [150]", "200");
        Refused(GruGraphs.One(6, initial: 0.5f), "initial_h is not 0", "state of 0");
    }

    /// <summary>Exported and imported again, a model is the same blob; and ONNX Runtime answers as it does.</summary>
    [RuntimeTheory]
    [InlineData("keras, two layers")]
    [InlineData("torch, last of all")]
    [InlineData("layout 1, all states")]
    public void A_model_goes_out_and_comes_back(string name)
    {
        ImportedModel imported = OnnxImporter.Import(GruGraphs.Known[name]().Model);
        byte[] file = OnnxExporter.Export(imported.Network);
        ImportedModel again = OnnxImporter.Import(file);
        Assert.Equal(imported.ToBlob(), again.ToBlob());
        Agreement agreement = Agreement.Of(again, file, [1, GruGraphs.Steps, GruGraphs.Channels]);
        Assert.InRange(agreement.Reference, 0, Exact);
        Assert.InRange(agreement.Core, 0, Exact);
    }

    /// <summary>
    /// FastGRNN has no operator: it is written step by step, for ONNX Runtime, which answers within what the table is off.
    /// </summary>
    [RuntimeTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void FastGRNN_goes_out_step_by_step(bool every)
    {
        const int Steps = 20, Units = 5;
        byte[] attributes = [Units, 0, (byte)(every ? RecurrentKind.GivesEvery : 0)];
        int given = every ? Steps * Units : Units;
        Network network = new PlanBuilder(Steps * 3, NetworkTask.Regression, Loss.HalfSquaredError) { Height = Steps, Width = 1 }
            .AddBehind(FastGrnn.FastGrnnCode, given, given, attributes).AddDense(2, Activation.Linear).ToNetwork();
        Random random = new(3);
        for (int i = 0; i < 2; i++)
        {
            Layer layer = network.GetLayer(i);
            layer.SetParameters([.. Enumerable.Range(0, layer.ParameterCount)
                .Select(k => i == 0 && k >= layer.ParameterCount - 2 ? 0.4f : random.NextSingle() - 0.5f)], 0, layer.ParameterCount);
        }

        Array.Fill(network.Scaling.InputScales, 1f);
        Array.Fill(network.Scaling.OutputScales, 1f);
        float[] x = [.. Enumerable.Range(0, Steps * 3).Select(_ => random.NextSingle() * 4 - 2)];
        float[] outputs = new float[2];
        network.Predict(x, outputs);
        float[] answer = Runtime.Answer(OnnxExporter.Export(network), [x], [1, Steps, 3])[0];
        Assert.All(outputs.Zip(answer), pair => Assert.InRange(pair.First, pair.Second - 2e-3f, pair.Second + 2e-3f));
    }

    private static void Refused(byte[] model, params string[] words)
    {
        string message = Assert.Throws<ImportException>(() => OnnxImporter.Import(model)).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
    }
}
