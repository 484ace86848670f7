using Tiny.Training.Export.Onnx;

namespace Tiny.Import.Tests.Graphs;

/// <summary>Makes graphs node by node, with weights drawn so that values stay about 1, and keeps count of shapes.</summary>
internal sealed class GraphMaker
{
    private readonly Random random;
    private int count;

    internal GraphMaker(int seed, params int[] shape)
        : this(17, seed, shape)
    {
    }

    internal GraphMaker(int opset, int seed, int[] shape)
    {
        random = new Random(seed);
        File = new OnnxFile("test", opset);
        Shape = shape;
        Input = shape;
        Name = File.Input("x", shape);
    }

    /// <summary>The file that is made.</summary>
    internal OnnxFile File { get; }

    /// <summary>The shape of the input without the batch.</summary>
    internal int[] Input { get; }

    /// <summary>The shape of the value that stands for the graph so far, without the batch.</summary>
    internal int[] Shape { get; set; }

    /// <summary>Its name.</summary>
    internal string Name { get; set; }

    /// <summary>A number drawn from a range, both ends included.</summary>
    internal int Draw(int least, int most) => random.Next(least, most + 1);

    /// <summary>A new name.</summary>
    internal string New(string kind) => $"{kind}{count++}";

    /// <summary>A constant of drawn numbers.</summary>
    internal string Weights(double size, params int[] shape) => File.Constant(New("w"), Numbers(size, shape), shape);

    /// <summary>Drawn numbers.</summary>
    internal float[] Numbers(double size, params int[] shape) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(size * (2 * random.NextDouble() - 1)))];

    /// <summary>Drawn numbers above 0.</summary>
    internal string Positive(params int[] shape) => File.Constant(New("p"), [.. Numbers(0.8, shape).Select(value => value + 1)], shape);

    /// <summary>A node that reads the value so far.</summary>
    internal GraphMaker Then(string @operator, params (string, object)[] attributes) => ThenWith(@operator, [], attributes);

    /// <summary>A node that reads the value so far, and more behind it.</summary>
    internal GraphMaker ThenWith(string @operator, string[] more, params (string, object)[] attributes)
    {
        Name = File.Node(New(@operator.ToLowerInvariant()), @operator, [Name, .. more], attributes);
        return this;
    }

    /// <summary>Gemm as PyTorch writes it.</summary>
    internal GraphMaker Gemm(int outputs)
    {
        int inputs = Shape[^1];
        ThenWith("Gemm", [Weights(Math.Sqrt(3.0 / inputs), outputs, inputs), Weights(0.3, outputs)], ("transB", 1));
        Shape = [outputs];
        return this;
    }

    /// <summary>MatMul and Add as Keras writes them.</summary>
    internal GraphMaker MatMulAdd(int outputs)
    {
        int inputs = Shape[^1];
        ThenWith("MatMul", [Weights(Math.Sqrt(3.0 / inputs), inputs, outputs)]).ThenWith("Add", [Weights(0.3, outputs)]);
        Shape = [.. Shape[..^1], outputs];
        return this;
    }

    /// <summary>Conv over an image or a signal; pads are those before, then those after.</summary>
    internal GraphMaker Conv(
        int filters, int[] kernel, int[]? pads = null, int[]? strides = null, int[]? dilations = null, int group = 1, bool bias = true)
    {
        int rank = kernel.Length;
        pads ??= new int[2 * rank];
        strides ??= [.. Enumerable.Repeat(1, rank)];
        dilations ??= [.. Enumerable.Repeat(1, rank)];
        int channels = Shape[0] / group;
        string weights = Weights(Math.Sqrt(3.0 / (channels * kernel.Aggregate(1, (a, b) => a * b))), [filters, channels, .. kernel]);
        ThenWith("Conv", bias ? [weights, Weights(0.3, filters)] : [weights], ("pads", pads), ("strides", strides),
            ("dilations", dilations), ("group", group), ("kernel_shape", kernel));
        Shape = [filters, .. kernel.Select(
            (taps, i) => (Shape[1 + i] + pads[i] + pads[rank + i] - (taps - 1) * dilations[i] - 1) / strides[i] + 1)];
        return this;
    }

    /// <summary>Batch normalization.</summary>
    internal GraphMaker Batch() => ThenWith("BatchNormalization",
        [Positive(Shape[0]), Weights(0.3, Shape[0]), Weights(0.3, Shape[0]), Positive(Shape[0])], ("epsilon", 1e-3f));

    /// <summary>A pool without padding.</summary>
    internal GraphMaker Pool(string @operator, int[] kernel, int[]? strides = null)
    {
        strides ??= kernel;
        Then(@operator, ("kernel_shape", kernel), ("strides", strides));
        Shape = [Shape[0], .. kernel.Select((taps, i) => (Shape[1 + i] - taps) / strides[i] + 1)];
        return this;
    }

    /// <summary>Flatten.</summary>
    internal GraphMaker Flatten()
    {
        Then("Flatten");
        Shape = [Shape.Aggregate(1, (a, b) => a * b)];
        return this;
    }

    /// <summary>Global average and flatten.</summary>
    internal GraphMaker Gap()
    {
        Then("GlobalAveragePool").Then("Flatten");
        Shape = [Shape[0]];
        return this;
    }

    /// <summary>The file, with the value so far as output.</summary>
    internal byte[] Done()
    {
        File.Output(Name, Shape);
        return File.ToBytes("test");
    }
}
