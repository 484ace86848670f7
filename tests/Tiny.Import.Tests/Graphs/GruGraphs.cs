namespace Tiny.Import.Tests.Graphs;

/// <summary>Graphs around ONNX's GRU, as PyTorch, Keras and plain ONNX write them.</summary>
internal static class GruGraphs
{
    internal const int Steps = 200;
    internal const int Channels = 3;

    /// <summary>Graphs by name, with the shape of the input, the batch as 1.</summary>
    internal static readonly Dictionary<string, Func<(byte[] Model, int[] Shape)>> Known = new()
    {
        // PyTorch with batch_first, the last of all states picked out of Y.
        ["torch, last of all"] = () => Of(1, maker => maker.Turned().Gru(5, every: true).Squeezed(1).Turned()
            .ThenWith("Gather", [maker.File.Constant("last", -1)], ("axis", 1)).Then("Flatten").Head(5, 4)),
        ["torch, sliced"] = () => Of(2, maker => maker.Turned().Gru(5, every: true).Squeezed(1)
            .ThenWith("Slice", [maker.File.Constant("from", -1), maker.File.Constant("to", long.MaxValue), maker.File.Constant("axes", 0)])
            .Squeezed(0).Head(5, 4)),
        ["torch, h_n"] = () => Of(3, maker => maker.Turned().Gru(6, every: false).Squeezed(0).Head(6, 4)),

        // Keras through tf2onnx: transposes around, and dense layers behind.
        ["keras, two layers"] = () =>
            Of(4, maker => maker.Turned().Gru(5, every: true).Squeezed(1).Gru(4, every: false).Squeezed(0).Head(4, 3)),
        ["keras, states between transposes"] = () =>
            Of(5, maker => maker.Turned().Gru(5, every: true).Squeezed(1).Turned().Turned().Gru(7, every: false).Squeezed(0).Head(7, 3)),
        ["layout 1"] = () => Of(6, maker => maker.Gru(5, every: false, layout: 1).Reshaped(-1, 5).Head(5, 4)),
        ["layout 1, all states"] = () => Of(7, maker => maker.Gru(5, every: true, layout: 1).Reshaped(-1, Steps * 5).Head(Steps * 5, 2)),
        ["lengths and a state of 0"] = () =>
            Of(8, maker => maker.Turned().Gru(5, every: false, lengths: Steps, initial: 0).Squeezed(0).Head(5, 4)),
        ["no biases"] = () => Of(9, maker => maker.Turned().Gru(5, every: false, biases: false).Squeezed(0).Head(5, 4)),
        ["resets nothing"] = () =>
            Of(10, maker => maker.Turned().Gru(5, every: false, linear: false, resets: false).Squeezed(0).Head(5, 4)),
        ["normalized before, dense between"] = () => Of(11,
            maker => maker.ThenWith("Sub", [maker.File.Constant("mean", [0.1f, 0.2f, -0.1f], 3)])
                .ThenWith("Mul", [maker.File.Constant("scale", [2f, 0.5f, 1.5f], 3)])
            .Turned().Gru(5, every: false).Squeezed(0).Then("Relu").Head(5, 4)),
        ["samples first"] = () => (SamplesFirst(), [Steps, 1, Channels]),
    };

    /// <summary>A graph of one GRU with a head behind.</summary>
    internal static byte[] One(int seed, int layout = 0, int linear = 1, int lengths = -1, float initial = float.NaN,
        string[]? activations = null, string direction = "forward", float clip = 0f) =>
        Of(seed, maker => (layout == 0 ? maker.Turned() : maker)
        .Gru(5, every: false, layout, linear != 0, lengths: lengths, initial: initial, activations: activations, direction: direction,
        clip: clip).Reshaped(-1, 5).Head(5, 4)).Model;

    private static (byte[] Model, int[] Shape) Of(int seed, Func<GraphMaker, GraphMaker> make) =>
        (make(new GraphMaker(seed, Steps, Channels)).Done(), [1, Steps, Channels]);

    private static byte[] SamplesFirst()
    {
        // The input's first dimension is the samples, and its second the batch.
        GraphMaker maker = new(12, [1, Channels]);
        return Fixed(maker.Gru(5, every: false).Squeezed(0).Head(5, 4).Done());
    }

    /// <summary>The open first dimension of the input becomes the number of samples.</summary>
    private static byte[] Fixed(byte[] model)
    {
        // dim { dim_param: "N" } of the input is 0A 03 12 01 4E; as dim_value 200 it is 0A 03 08 C8 01.
        byte[] open = [0x0A, 0x03, 0x12, 0x01, 0x4E];
        int at = model.AsSpan().IndexOf(open);
        byte[] changed = [.. model];
        new byte[] { 0x0A, 0x03, 0x08, 0xC8, 0x01 }.CopyTo(changed, at);
        return changed;
    }

    private static GraphMaker Turned(this GraphMaker maker) => maker.Then("Transpose", ("perm", new[] { 1, 0, 2 }));

    private static GraphMaker Squeezed(this GraphMaker maker, int axis) =>
        maker.ThenWith("Squeeze", [maker.File.Constant(maker.New("axes"), axis)]);

    private static GraphMaker Reshaped(this GraphMaker maker, params long[] shape) =>
        maker.ThenWith("Reshape", [maker.File.Constant(maker.New("shape"), shape)]);

    private static GraphMaker Head(this GraphMaker maker, int inputs, int outputs)
    {
        maker.Shape = [inputs];
        return maker.Gemm(outputs);
    }

    private static GraphMaker Gru(
        this GraphMaker maker, int units, bool every, int layout = 0, bool linear = true, bool biases = true, bool resets = true,
        int lengths = -1, float initial = float.NaN,
        string[]? activations = null, string direction = "forward", float clip = 0f)
    {
        int channels = maker.Shape[^1];
        double size = 1 / Math.Sqrt(units);
        float[] r = maker.Numbers(size, 1, 3 * units, units);
        float[] b = maker.Numbers(size, 1, 6 * units);
        if (!resets)
        {
            Array.Clear(r, 2 * units * units, units * units);
            Array.Clear(b, 5 * units, units);
        }

        List<string> read = [maker.Name, maker.Weights(1, 1, 3 * units, channels),
            maker.File.Constant(maker.New("r"), r, 1, 3 * units, units), biases
                ? maker.File.Constant(maker.New("b"), b, 1, 6 * units) : ""];
        if (lengths >= 0 || !float.IsNaN(initial))
        {
            read.Add(lengths >= 0 ? maker.File.Node(
                maker.New("lengths"), "Cast", [maker.File.Constant(maker.New("l"), lengths)], ("to", 6)) : "");
            read.Add(float.IsNaN(initial)
                ? "" : maker.File.Constant(maker.New("initial"), [.. Enumerable.Repeat(initial, units)], 1, 1, units));
        }

        List<(string, object)> attributes = [("hidden_size", units), ("linear_before_reset", linear ? 1 : 0)];
        attributes.AddRange(layout != 0 ? [("layout", layout)] : []);
        attributes.AddRange(activations is not null ? [("activations", activations)] : []);
        attributes.AddRange(direction != "forward" ? [("direction", direction)] : []);
        attributes.AddRange(clip != 0f ? [("clip", clip)] : []);
        string name = maker.New("gru");
        maker.Name = maker.File.NodeOf("", every ? [name] : ["", name], "GRU", read, [.. attributes]);
        maker.Shape = [units];
        return maker;
    }
}
