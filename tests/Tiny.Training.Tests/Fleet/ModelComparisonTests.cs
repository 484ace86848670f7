using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Features;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Fleet;
using Tiny.Training.Quantization;

namespace Tiny.Training.Tests.Fleet;

/// <summary>Whatever differs between two models but what learning changes is found, named, and keeps them from being averaged.</summary>
public class ModelComparisonTests
{
    public static TheoryData<string> Differences() => [.. Cases.Keys];

    /// <summary>Two models each, and what their difference is called.</summary>
    private static Dictionary<string, Func<(Network, Network, string)>> Cases { get; } = new()
    {
        ["inputs"] = () => (Classes(), Make(
            new PlanBuilder(3, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(2, Activation.Softmax)), "inputs: 3, but 2"),
        ["task"] = () => (Classes(), Values(), "task: regression, but classification"),
        ["layers"] = () => (Values(),
            Make(new PlanBuilder(2, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(1, Activation.Linear)), "layers: 1, but 2"),
        ["width"] = () => (Values(), Values(hidden: 4), "outputs of layer 0: 4, but 3"),
        ["rows"] = () => (Values(), Values(activation: Activation.Maxout), "parameters of layer 0: 18, but 9"),
        ["activation"] = () => (Values(), Values(activation: Activation.Tanh), "activation of layer 0: tanh, but relu"),
        ["activation parameter"] = () => (Values(activation: Activation.Elu), Values(activation: Activation.Elu, parameter: 0.5f),
            "activation parameter of layer 0: 0.5, but 1"),
        ["loss"] = () => (Values(), Values(loss: Loss.HalfSquaredError), "loss: halfsquarederror, but meansquarederror"),
        ["input scaling"] = () =>
            With(Values, network => network.Scaling.SetInput(1, 0.25f, 1f), "mean and scale of input 1: 0.25 and 1, but 0 and 1"),
        ["scaling of all inputs"] = () => With(Values,
            network => { network.Scaling.SetInput(0, 7f, 1f); network.Scaling.SetInput(1, 7f, 1f); },
                "mean and scale of input 0 (and of 1 more)"),
        ["output scaling"] = () =>
            With(Values, network => network.Scaling.SetOutput(0, 20f, 3f), "mean and scale of output 0: 20 and 3, but 0 and 1"),
        ["columns"] = () => With(Values, network => network.With(columns: 77), "checksum of the input columns' names: 77, but 0"),
        ["class name"] = () => With(() => Classes(), network => network.WithOutputNames("up", "left"), "name of class 1: left, but down"),
        ["second class of one output"] = () =>
            With(Binary, network => network.WithOutputNames("no", "maybe"), "name of class 1: maybe, but yes"),
        ["name of a value"] = () => With(Values, network => network.WithOutputNames("depth"), "name of output 0: depth, but 0"),
        ["features"] = () => With(Values, network => network.WithFeatures(Description(100f)),
            "features: x_mean, x_std in g at 100 Hz, over 8 samples every 4, but none"),
        ["rate of the features"] = () => With(() => Described(100f), network => network.WithFeatures(Description(50f)), "at 50 Hz"),
        ["form of the weights"] = () => (Values(), Network.FromBlob(Int8(Values(), 1f)), "weights of layer 0: int8, but float32"),
        ["input levels"] = () =>
            (Network.FromBlob(Int8(Values(), 1f)), Network.FromBlob(Int8(Values(), 9f)), "scale and offset of the levels of input 0"),
        ["int8 weights"] = () =>
            (Network.FromBlob(Int8(Values(), 1f)), Network.FromBlob(Int8(Values(seed: 8), 1f)), "int8 weights of layer"),
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_difference_is_named_and_refused(string name)
    {
        (Network a, Network b, string expected) = Cases[name]();
        Assert.Contains(ModelComparison.Of(a, b), difference => difference.Describe("a").Contains(expected, StringComparison.Ordinal));
        FleetException error = Assert.Throws<FleetException>(
            () => FleetAverage.Of([new FleetModel("a.tiny", a), new FleetModel("b.tiny", b)], [1, 1]));
        Assert.StartsWith("b.tiny: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(" in a.tiny", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_have_no_name_are_compared_too()
    {
        // The shift behind the hidden layer's sums: header, plan, normalization, output scaling and
        // the biases of three rows stand before it.
        byte[] blob = Int8(Values(seed: 5), 1f);
        Network a = Network.FromBlob(blob);
        int shift = BlobFormat.Align(BlobFormat.PlanFrom + a.Notes.PlanBytes) + (a.InputForm == InputForm.Levels ? 8 : 16) + 8 + 12;
        blob[shift]++;
        FloatBits.WriteInt32(blob, 24, Crc32.Compute(0, blob, 32, blob.Length - 32));
        FloatBits.WriteInt32(blob, 28, Crc32.Compute(0, blob, 0, 28));
        Network b = Network.FromBlob(blob);
        ModelDifference difference = Assert.Single(ModelComparison.Of(a, b));
        Assert.Equal($"byte {shift} of the blob, before the float32 weights", difference.What);
    }

    [Fact]
    public void Weights_and_generation_are_what_learning_changes()
    {
        Network a = Described(100f);
        Network b = Network.FromBlob(BlobWriter.ToArray(a));
        b.GetLayer(1).SetBias(0, 0.25f);
        b.Generation = 12;
        Assert.Empty(ModelComparison.Of(a, b));
        Network average = Network.FromBlob(FleetAverage.Of([new FleetModel("a", a), new FleetModel("b", b)], [3, 1]).Blob);
        Assert.Equal((a.GetLayer(1).GetBias(0) * 3 + 0.25f) / 4, average.GetLayer(1).GetBias(0), 1e-6f);
        Assert.Equal(13, average.Generation);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(7, 3, 8)]
    [InlineData(int.MaxValue, int.MaxValue - 1, int.MinValue)]
    [InlineData(int.MinValue, int.MaxValue, int.MinValue + 1)]
    public void Generations_wrap_around_as_those_of_slots_do(int first, int second, int expected)
    {
        Network a = Values();
        Network b = Values();
        (a.Generation, b.Generation) = (first, second);
        Assert.Equal(expected, Network.FromBlob(FleetAverage.Of([new FleetModel("a", a), new FleetModel("b", b)], [1, 1]).Blob).Generation);
    }

    [Fact]
    public void Weights_that_are_none_are_refused_and_very_large_ones_are_not()
    {
        FleetModel[] models = [new("a", Values()), new("b", Values())];
        models[1].Network.GetLayer(1).SetBias(0, 1f);
        foreach (double[] bad in new double[][] { [1], [1, 0], [1, -1], [1, double.NaN], [1, double.PositiveInfinity] })
        {
            Assert.Throws<ArgumentException>(() => FleetAverage.Of(models, bad));
        }

        Assert.Throws<ArgumentException>(() => FleetAverage.Of([models[0]], [1]));
        Assert.Equal(0.5f, Network.FromBlob(FleetAverage.Of(models, [1e308, 1e308]).Blob).GetLayer(1).GetBias(0));
    }

    private static (Network, Network, string) With(Func<Network> make, Action<Network> change, string expected)
    {
        Network changed = make();
        change(changed);
        return (make(), changed, expected);
    }

    private static (Network, Network, string) With(Func<Network> make, Func<Network, Network> change, string expected) =>
        (make(), change(make()), expected);

    private static Network Make(PlanBuilder plan, int seed = 1)
    {
        Network network = plan.ToNetwork();
        Initializers.Draw(network, seed);
        return network;
    }

    private static Network Values() => Values(seed: 1);

    private static Network Values(
        int hidden = 3, Activation activation = Activation.Relu, float? parameter = null, Loss loss = Loss.MeanSquaredError, int seed = 1)
    {
        PlanBuilder shape = new(2, NetworkTask.Regression, loss);
        shape = parameter is float given ? shape.AddDense(hidden, activation, given) : shape.AddDense(hidden, activation);
        return Make(shape.AddDense(1, Activation.Linear), seed);
    }

    private static Network Classes()
    {
        Network network = Make(new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(2, Activation.Softmax));
        return network.WithOutputNames("up", "down");
    }

    private static Network Binary()
    {
        Network network = Make(new PlanBuilder(2, NetworkTask.Classification, Loss.BinaryCrossEntropy).AddDense(1, Activation.Sigmoid));
        return network.WithOutputNames("no", "yes");
    }

    private static Network Described(float rate)
    {
        Network network = Values();
        return network.WithFeatures(Description(rate));
    }

    private static byte[] Description(float rate) =>
        new FeatureDescription(new Signal(rate).Add("x", "g"), 8, 4, FeatureKinds.Mean | FeatureKinds.Deviation).ToBytes();

    /// <summary>The network in int8, as inputs from 0 to a range make it.</summary>
    private static byte[] Int8(Network network, float range)
    {
        network.Scaling.SetInput(0, range / 2, 3.4f / range);
        network.Scaling.SetInput(1, range / 2, 3.4f / range);
        Random random = new(3);
        float[] inputs = [.. Enumerable.Range(0, 1000).Select(_ => range * random.NextSingle())];
        return Quantizer.Quantize(network, Dataset.ForRegression(inputs, DataColumns.Unnamed(2, shareUnit: false), new float[500], "y"),
            [.. Enumerable.Range(0, 500)]);
    }
}
