using Tiny.Anomaly;
using Tiny.Benchmarks.Device;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Emulator.Dialect;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Export;
using Tiny.Training.Export.CSharp;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Quantization;

namespace Tiny.Emulator.Tests.Export;

/// <summary>Exported source, compiled for the device and run there, against the core: every output to the bit.</summary>
public class GeneratedModelTests
{
    public static TheoryData<string> Names() => [.. Cases.Keys];

    private static Dictionary<string, Func<Network>> Cases { get; } = new()
    {
        ["float relu"] = () => Models.Float([33, 20, 10, 4]),
        ["float leaky relu"] = () => Models.Float([5, 9, 3], Activation.LeakyRelu),
        ["float sigmoid"] = () => Models.Float([4, 7, 3], Activation.Sigmoid),
        ["float tanh, wide"] = () => Models.Float([100, 50, 20, 5], Activation.Tanh),
        ["float elu"] = () => Models.Float([6, 8, 3], Activation.Elu),
        ["float swish"] = () => Models.Float([6, 8, 3], Activation.Swish),
        ["float maxout"] = () => Models.Float([6, 5, 3], Activation.Maxout),
        ["float maxout at the end"] = () => Models.Float([6, 5, 3], Activation.Relu, Activation.Maxout),
        ["float relu, arg-max alone"] = () => Models.Float([12, 8, 3], last: Activation.Linear),
        ["float relu, 16 classes"] = () => Models.Float([7, 8, 16]),
        ["float relu, more classes than are written out"] = () => Models.Float([7, 8, 17]),
        ["float, more inputs than a method holds"] = () => Models.Float([300, 8, 3]),
        ["float, convolutions of an image"] = () => Convolutions(new(6, 7, 2), NodeDescription.Chain(
        [
            new Conv2DDescription(5, new(3), Activation.Relu), new MaxPoolingDescription(new(2) { StrideDown = 2 }),
            new DepthwiseConv2DDescription(new(3) { IsValid = true }, Activation.Elu),
            new DenseDescription(3, Activation.Linear),
        ])),
        ["float, convolutions of a signal"] = () => Convolutions(new(40, 1, 3), NodeDescription.Chain(
        [
            new Conv2DDescription(4, new(5) { StrideDown = 2 }, Activation.Tanh), new AveragePoolingDescription(new(3) { StrideDown = 2 }),
            new Conv2DDescription(6, new(60) { IsValid = false }, Activation.LeakyRelu),
            new GlobalAverageDescription(), new DenseDescription(3, Activation.Linear),
        ])),
        ["float, branches"] = () => Convolutions(
            new(5, 5, 1),
            [
                new NodeDescription(new Conv2DDescription(3, new(3), Activation.Relu), NodeDescription.Sample),
                new NodeDescription(new Conv2DDescription(3, new(1), Activation.Linear), 0),
                new NodeDescription(new AddDescription(Activation.Relu), 0, 1),
                new NodeDescription(new ConcatDescription(Activation.Linear), 2, 0),
                new NodeDescription(new GlobalAverageDescription(), 3), new NodeDescription(new DenseDescription(2, Activation.Linear), 4),
            ]),
        ["float, gated recurrent units"] = () => Recurrent(new(9, 1, 3), NodeDescription.Chain(
        [
            new GruDescription(5) { GivesEvery = true }, new GruDescription(4), new DenseDescription(3, Activation.Linear),
        ])),
        ["float, recurrent units with exact gates"] = () =>
            Recurrent(new(6, 1, 2), NodeDescription.Chain(
            [new GruDescription(4) { IsExact = true }, new DenseDescription(3, Activation.Linear)])),
        ["float, fastgrnn behind a convolution"] = () => Recurrent(new(20, 1, 3), NodeDescription.Chain(
        [
            new Conv2DDescription(4, new(5) { StrideDown = 2 }, Activation.Relu), new FastGrnnDescription(6) { GivesEvery = true },
            new FastGrnnDescription(5), new DenseDescription(3, Activation.Linear),
        ])),
        ["float, more recurrent units than a method holds"] = () =>
            Recurrent(new(2, 1, 175), NodeDescription.Chain([new FastGrnnDescription(20), new DenseDescription(2, Activation.Linear)])),
        ["float, nearest mean"] = () => Nearest(inputs: 6, means: 1),
        ["float, nearest mean, odd inputs, several means"] = () => Nearest(inputs: 7, means: 3),
        ["float, nearest mean, more inputs than a method holds"] = () => Nearest(inputs: 805, means: 2),
        ["float, nearest mean, normalized inputs"] = () => Nearest(inputs: 5, means: 2, normalizes: true),
        ["int8 relu"] = () => Network.FromBlob(Models.Int8(Models.Float([64, 32, 10]))),
        ["int8 relu, each input its own scale"] = () => Network.FromBlob(Models.Int8(Models.Float([13, 9, 4]), each: true)),
        ["int8, three layers"] = () => Network.FromBlob(Models.Int8(Models.Float([33, 20, 10, 4]))),
        ["int8 tanh"] = () => Network.FromBlob(Models.Int8(Models.Float([20, 14, 4], Activation.Tanh))),
        ["int8 maxout at the end"] = () => Network.FromBlob(Models.Int8(Models.Float([20, 14, 4], Activation.Relu, Activation.Maxout))),
        ["int8, lanes emptied on the way"] = () => Network.FromBlob(Models.Int8(Models.Float([600, 6, 3]))),
        ["int8, wide hidden layer"] = () => Network.FromBlob(Models.Int8(Models.Float([8, 100, 5]))),
        ["int8, strided convolutions"] = () => Int8(new(9, 8, 2), 0, new Conv2DDescription(5, new(3) { StrideDown = 2 }, Activation.Relu),
            new Conv2DDescription(7, new(3) { IsValid = true }, Activation.Tanh)),
        ["int8, pools"] = () => Int8(new(12, 12, 1), 0, new Conv2DDescription(6, new(3), Activation.Relu),
            new MaxPoolingDescription(new(2) { StrideDown = 2 }), new MaxPoolingDescription(new(3)), new AveragePoolingDescription(new(2))),
        ["int8, depthwise and an average"] = () => Int8(new(10, 1, 3), 0, new DepthwiseConv2DDescription(new(3), Activation.Relu),
            new Conv2DDescription(8, new(70), Activation.Relu), new GlobalAverageDescription(), new DenseDescription(6, Activation.Relu),
                new DenseDescription(5, Activation.Tanh)),
        ["int8, a convolution and a float layer"] = () => Int8(new(6, 6, 2), 1, new Conv2DDescription(5, new(3), Activation.Relu)),
        ["int8, an average and a float layer"] = () =>
            Int8(new(6, 6, 2), 1, new Conv2DDescription(5, new(3), Activation.LeakyRelu), new GlobalAverageDescription()),
        ["int8 and a float layer"] = () => Network.FromBlob(Models.Int8(Models.Float([30, 16, 4]), keepFloat: 1)),
        ["int8, one layer"] = () => Network.FromBlob(Models.Int8(Models.Float([30, 4]))),
    };

    private static Network Nearest(int inputs, int means, bool normalizes = false)
    {
        Network network = new PlanBuilder(inputs, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddBehind(NearestMean.NearestMeanCode, 1, 1, [(byte)means, 0]).ToNetwork();
        Random random = new(5);
        float[] parameters = [.. Enumerable.Range(0, inputs * (1 + means))
            .Select(i => i < inputs ? random.NextSingle() : random.NextSingle() * 4f - 2f)];
        network.GetLayer(0).SetParameters(parameters, 0, parameters.Length);
        for (int i = 0; normalizes && i < inputs; i++)
        {
            network.Scaling.InputMeans[i] = random.NextSingle();
            network.Scaling.InputScales[i] = 0.5f + random.NextSingle();
        }

        return Network.FromBlob(BlobWriter.ToArray(network));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_answers_as_the_core_does(string name)
    {
        Network network = Cases[name]();
        DeviceProgram program = DeviceCompiler.Compile("Generated", CSharpExporter.Export(network, "Some.Models", "Model"));
        Assert.Empty(DialectGate.Check(program));
        Machine machine = Programs.Machine(program: program);
        Random random = new(1);
        float[] expected = new float[network.Outputs];
        for (int i = 0; i < 20; i++)
        {
            float[] sample = [.. Enumerable.Range(0, network.Inputs).Select(_ => Value(random, i))];
            float[] outputs = new float[network.Outputs];
            Assert.Equal(network.Predict(sample, expected), machine.Invoke("Some.Models.Model", "Predict", sample, outputs));
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), outputs.Select(BitConverter.SingleToInt32Bits));
        }

        long allocated = machine.Allocated;
        machine.Invoke("Some.Models.Model", "Predict", new float[network.Inputs], expected);
        Assert.Equal(0, machine.Allocated - allocated);
        Assert.Equal(network.GetOutputName(0), machine.Invoke("Some.Models.Model", "GetOutputName", 0));
        float[] bad = new float[network.Inputs];
        bad[0] = float.NaN;
        Assert.Throws<DeviceProgramException>(() => machine.Invoke("Some.Models.Model", "Predict", bad, expected));
        foreach (float absurd in new[] { float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 3e38f, -3e38f })
        {
            float[] sample = new float[network.Inputs];
            sample[^1] = absurd;
            float[] outputs = new float[network.Outputs];
            if (float.IsInfinity(absurd) && name.StartsWith("float", StringComparison.Ordinal))
            {
                Assert.Throws<ArgumentException>(() => network.Predict(sample, expected));
                Assert.Throws<DeviceProgramException>(() => machine.Invoke("Some.Models.Model", "Predict", sample, outputs));
            }
            else
            {
                Assert.Equal(network.Predict(sample, expected), machine.Invoke("Some.Models.Model", "Predict", sample, outputs));
                Assert.Equal(expected, outputs);
            }
        }
    }

    /// <summary>Source computes windows: a layer that goes on from one prediction to the next is refused in words.</summary>
    [Fact]
    public void A_layer_that_keeps_its_state_is_refused()
    {
        Network network = new PlanBuilder(3, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 1, Width = 1 }
            .AddBehind(Recurrence.Gru.GruCode, 4, 4, [4, 0, Recurrence.RecurrentKind.KeepsState]).AddDense(2, Activation.Softmax)
            .ToNetwork();
        Assert.Contains("keeps its state", Assert.Throws<ExportException>(() => CSharpExporter.Of(network)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_model_gives_the_same_text()
    {
        Network network = Models.Float([33, 20, 10, 4]);
        Assert.Equal(CSharpExporter.Export(network, "A", "B"), CSharpExporter.Export(Models.Float([33, 20, 10, 4]), "A", "B"));
    }

    [Fact]
    public void Two_models_stand_in_one_program()
    {
        string first = CSharpExporter.Export(Models.Float([4, 7, 3], Activation.Sigmoid), "Models", "First");
        string second = CSharpExporter.Export(Models.Float([5, 7, 3], Activation.Tanh), "Models", "Second");
        Assert.Empty(DialectGate.Check(DeviceCompiler.Compile("Both", first, second)));
    }

    [Fact]
    public void A_model_too_large_for_an_assembly_is_refused_with_the_numbers()
    {
        ExportException error = Assert.Throws<ExportException>(() => CSharpExporter.Export(Models.Float([300, 40, 4]), "Models", "Large"));
        Assert.Contains("12,204 parameters", error.Message, StringComparison.Ordinal);
        Assert.Contains("65,535", error.Message, StringComparison.Ordinal);
        Assert.Contains("tiny quantize", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Models", "9Lives")]
    [InlineData("My Models", "A")]
    [InlineData("Models", "")]
    public void Names_that_are_none_are_refused(string space, string name) =>
        Assert.Throws<ExportNameException>(() => CSharpExporter.Export(Models.Float([2, 2]), space, name));

    /// <summary>A network of convolutions with drawn weights; inputs are normalized channel by channel.</summary>
    private static Network Convolutions(Shape sample, IReadOnlyList<NodeDescription> nodes)
    {
        TrainingNetwork training = new(sample, nodes, Core.Losses.Loss.SoftmaxCrossEntropy);
        PlanBuilder plan = PlanLayout.Of(training, NetworkTask.Classification);
        plan.Normalization = [.. Enumerable.Range(0, sample.Values).SelectMany(i => new[] { 100f + i % sample.Channels, 0.01f })];
        Network network = plan.ToNetwork();
        Initializers.Draw(network, 5);
        return network;
    }

    /// <summary>The same of recurrent layers, whose weights no initializer of the device draws.</summary>
    private static Network Recurrent(Shape sample, IReadOnlyList<NodeDescription> nodes)
    {
        Network network = Convolutions(sample, nodes);
        Random random = new(6);
        for (int i = 0; i < network.LayerCount; i++)
        {
            Core.Layers.Layer layer = network.GetLayer(i);
            float[] parameters = [.. Enumerable.Range(0, layer.ParameterCount).Select(_ => random.NextSingle() - 0.4f)];
            if (layer is Recurrence.FastGrnnLayer)
            {
                (parameters[^2], parameters[^1]) = (0.9f, 0.1f);
            }

            layer.SetParameters(parameters, 0, parameters.Length);
        }

        return network;
    }

    /// <summary>The same quantized; a dense layer is added.</summary>
    private static Network Int8(Shape sample, int keepFloat, params LayerDescription[] layers)
    {
        Network network = Convolutions(sample, NodeDescription.Chain([.. layers, new DenseDescription(3, Activation.Linear)]));
        Random random = new(4);
        float[] inputs = [.. Enumerable.Range(0, 60 * sample.Values).Select(_ => random.NextSingle() * 255f)];
        Dataset data = Dataset.ForClassification(inputs, DataColumns.Unnamed(sample.Values, shareUnit: true),
            [.. Enumerable.Range(0, 60).Select(row => row % 3)], ["a", "b", "c"]);
        return Network.FromBlob(Quantizer.Quantize(network, data, [.. Enumerable.Range(0, 60)], keepFloat));
    }

    /// <summary>Ordinary values, then ones past what was calibrated, then absurd ones.</summary>
    private static float Value(Random random, int sample) => sample switch
    {
        < 12 => random.NextSingle() * 255f,
        < 16 => random.NextSingle() * 2000f - 1000f,
        _ => (random.NextSingle() - 0.5f) * 1e16f,
    };
}
