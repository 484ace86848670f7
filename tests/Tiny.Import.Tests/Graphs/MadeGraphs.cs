namespace Tiny.Import.Tests.Graphs;

/// <summary>Graphs as exporters write them, of drawn sizes: a family each, three of each family.</summary>
internal static class MadeGraphs
{
    private const int Each = 3;

    private static readonly Dictionary<string, Func<int, GraphMaker>> Families = new()
    {
        ["gemm relu softmax"] = seed => Vector(seed).Gemm(9).Then("Relu").Gemm(7).Then("Relu").Gemm(4).Then("Softmax", ("axis", -1)),
        ["matmul add elu"] = seed => Vector(seed).MatMulAdd(8).Then("Elu", ("alpha", 0.7f)).MatMulAdd(3),
        ["leaky, prelu, normalized input"] = Leaky,
        ["gemm with alpha and beta, weights as they are"] = AlphaBeta,
        ["signal, batch norm, pools"] = seed => Signal(seed).Conv(6, [5], [2, 2]).Batch().Then("Relu").Pool("MaxPool", [2])
            .Conv(8, [3], [1, 1]).Batch().Then("LeakyRelu", ("alpha", 0.2f)).Pool("AveragePool", [2]).Flatten().Gemm(5),
        ["image, uneven pads, strides, dilations"] = seed => Image(seed).Conv(5, [3, 2], [1, 0, 2, 1], [2, 1]).Then("Relu")
            .Conv(6, [2, 3], [0, 2, 1, 2], null, [1, 2]).Batch().Then("Elu").Gap().Gemm(4).Then("Softmax"),
        ["depthwise separable, relu6"] = seed => DepthwiseSeparable(Image(seed)),
        ["residual"] = seed => Residual(Image(seed)),
        ["residual of a signal"] = seed => Residual(Signal(seed)),
        ["branches beside each other"] = seed => Beside(Image(seed)),
        ["channels last, normalized, as Keras writes it"] = Keras,
        ["auto_pad"] = AutoPad,
        ["pools that count up, or count zeros"] = PoolsAtEdges,
        ["batch norm first, activation behind a pool, mean"] = seed =>
            Mean(Image(seed).Batch().Then("Relu").Conv(5, [3, 3]).Pool("MaxPool", [2, 2]).Then("Relu")).Gemm(3),
        ["reshape by a computed shape"] = Computed,
        ["a product at each time"] = seed => AtEachTime(new GraphMaker(seed, 10 + seed % 3, 4)),
        ["groups, an image of one row"] = seed => new GraphMaker(seed, 4, 1, 20 + seed % 5).Conv(6, [1, 3], [0, 1, 0, 1], group: 2)
            .Then("Relu").Pool("MaxPool", [1, 2]).Conv(5, [1, 5]).Then("Relu").Flatten().Gemm(3),
        ["limits"] = Limits,
        ["flatten, image of three channels"] = seed => Image(seed).Conv(3, [3, 3]).Flatten().Gemm(6).Then("Relu").Gemm(2),
        ["padding as a node, shared weights"] = Shared,
        ["average by sum, differences of branches"] = Differences,
    };

    private static readonly Dictionary<string, Func<int, GraphMaker>> OfTable = new()
    {
        ["tanh"] = seed => Vector(seed).Gemm(9).Then("Tanh").Gemm(5).Then("Tanh").Gemm(2),
        ["sigmoid"] = seed => Vector(seed).Gemm(9).Then("Sigmoid").Gemm(1).Then("Sigmoid"),
        ["swish of a signal"] = seed => Swish(Swish(Signal(seed).Conv(6, [5])).Conv(4, [3])).Gap().Gemm(3).Then("Softmax"),
    };

    /// <summary>The names of all graphs.</summary>
    internal static IEnumerable<string> Names =>
        Families.Keys.Concat(OfTable.Keys).SelectMany(family => Enumerable.Range(1, Each).Select(seed => $"{family} {seed}"));

    /// <summary>Whether a graph's activations are read from the core's table.</summary>
    internal static bool UsesTable(string name) => OfTable.ContainsKey(name[..name.LastIndexOf(' ')]);

    /// <summary>A graph and the shape of its input, the batch as 1.</summary>
    internal static (byte[] Model, int[] Shape) Make(string name)
    {
        int at = name.LastIndexOf(' ');
        GraphMaker maker = (Families.GetValueOrDefault(name[..at]) ?? OfTable[name[..at]])(
            int.Parse(name[at..], System.Globalization.CultureInfo.InvariantCulture));
        return (maker.Done(), [1, .. maker.Input]);
    }

    private static GraphMaker Vector(int seed) => new(seed, 5 + seed * 3);

    private static GraphMaker Signal(int seed) => new(seed, 2 + seed, 24 + 5 * seed);

    private static GraphMaker Image(int seed) => new(seed, 1 + seed, 9 + seed, 8 + 2 * seed);

    private static GraphMaker Leaky(int seed)
    {
        GraphMaker maker = Vector(seed);
        maker.ThenWith("Sub", [maker.Weights(2, maker.Shape[0])]).ThenWith("Div", [maker.Positive(maker.Shape[0])]).Gemm(9)
            .Then("LeakyRelu").Gemm(6);
        return maker.ThenWith("PRelu", [maker.File.Constant("slope", [0.3f], 1)]).Gemm(3);
    }

    private static GraphMaker AlphaBeta(int seed)
    {
        GraphMaker maker = Vector(seed);
        int inputs = maker.Shape[0];
        maker.ThenWith("Gemm", [maker.Weights(0.4, inputs, 6), maker.Weights(0.4, 1, 6)], ("alpha", 1.5f), ("beta", 0.5f)).Then("Relu");
        maker.ThenWith("Gemm", [maker.Weights(0.4, 6, 5)]).ThenWith("Mul", [maker.Weights(1, 5)]).Then("Relu");
        maker.Shape = [5];
        return maker.Gemm(2);
    }

    private static GraphMaker DepthwiseSeparable(GraphMaker maker)
    {
        int channels = maker.Shape[0] * 2;
        maker.Conv(channels, [3, 3], [1, 1, 1, 1], [2, 2], bias: false).Batch()
            .ThenWith("Clip", [maker.File.Constant("zero", [0f]), maker.File.Constant("six", [1.5f])]);
        return maker.Conv(channels, [3, 3], [1, 1, 1, 1], group: channels, bias: false).Batch().Then("Relu").Conv(6, [1, 1]).Batch()
            .Then("Relu").Gap().Gemm(4);
    }

    private static GraphMaker Residual(GraphMaker maker)
    {
        int rank = maker.Shape.Length - 1;
        int[] three = [.. Enumerable.Repeat(3, rank)];
        int[] pads = [.. Enumerable.Repeat(1, 2 * rank)];
        maker.Conv(4, three, pads).Batch().Then("Relu");
        string skip = maker.Name;
        maker.Conv(4, three, pads).Batch().Then("Relu").Conv(4, three, pads).Batch();
        return maker.ThenWith("Add", [skip]).Then("Relu").Gap().Gemm(3).Then("Softmax");
    }

    private static GraphMaker Beside(GraphMaker maker)
    {
        (string start, int[] shape) = (maker.Name, maker.Shape);
        string wide = maker.Conv(3, [3, 3], [1, 1, 1, 1]).Then("Relu").Name;
        (maker.Name, maker.Shape) = (start, shape);
        string narrow = maker.Conv(2, [1, 1]).Then("Relu").Name;
        (maker.Name, maker.Shape) = (start, shape);
        maker.Conv(4, [5, 5], [2, 2, 2, 2]).ThenWith("Concat", [wide, narrow], ("axis", 1)).Then("Relu");
        maker.Shape = [9, .. shape[1..]];
        return maker.Pool("MaxPool", [2, 2]).Flatten().Gemm(4);
    }

    private static GraphMaker Keras(int seed)
    {
        int channels = 1 + seed;
        GraphMaker maker = new(seed, 8 + seed, 9, channels);
        maker.ThenWith("Sub", [maker.Weights(1, channels)]).ThenWith("Mul", [maker.Positive(channels)])
            .Then("Transpose", ("perm", new[] { 0, 3, 1, 2 }));
        maker.Shape = [channels, 8 + seed, 9];
        maker.Conv(4, [3, 3]).Then("Relu").Pool("MaxPool", [2, 2]).Then("Transpose", ("perm", new[] { 0, 2, 3, 1 }));
        maker.ThenWith("Reshape", [maker.File.Constant("flat", -1, maker.Shape.Aggregate(1, (a, b) => a * b))]);
        maker.Shape = [maker.Shape.Aggregate(1, (a, b) => a * b)];
        return maker.MatMulAdd(5).Then("Softmax");
    }

    private static GraphMaker AutoPad(int seed)
    {
        GraphMaker maker = Image(seed);
        string[] kinds = ["SAME_UPPER", "SAME_LOWER", "VALID"];
        maker.ThenWith("Conv", [maker.Weights(0.5, 4, maker.Shape[0], 4, 3)], ("auto_pad", kinds[seed - 1]), ("strides", new[] { 2, 1 }))
            .ThenWith("Add", [maker.Weights(0.3, 4, 1, 1)]).Then("Relu");
        maker.Then("MaxPool", ("kernel_shape", new[] { 2, 3 }), ("strides", new[] { 1, 2 }), ("auto_pad", kinds[seed % 3]));
        maker.Shape = [4, 1, 1];
        return maker.Gap().Gemm(3);
    }

    private static GraphMaker PoolsAtEdges(int seed)
    {
        GraphMaker maker = Image(seed).Conv(4, [2, 2]).Then("Relu");
        int[][] pads = [[1, 1, 1, 1], [0, 1, 2, 0], [1, 0, 0, 2]];
        maker.Then("AveragePool", ("kernel_shape", new[] { 3, 3 }), ("pads", pads[seed - 1]), ("strides", new[] { 2, 1 }),
            ("count_include_pad", seed % 2));
        maker.Then("MaxPool", ("kernel_shape", new[] { 2, 3 }), ("strides", new[] { 2, 2 }), ("ceil_mode", 1),
            ("pads", new[] { 0, 1, 1, 1 }));
        maker.Then("AveragePool", ("kernel_shape", new[] { 2, 2 }), ("strides", new[] { 1, 2 }), ("ceil_mode", 1));
        return maker.Gap().Gemm(3);
    }

    private static GraphMaker Mean(GraphMaker maker)
    {
        maker.Then("ReduceMean", ("axes", new[] { 2, 3 }), ("keepdims", 0));
        maker.Shape = [maker.Shape[0]];
        return maker;
    }

    private static GraphMaker Computed(int seed)
    {
        GraphMaker maker = Image(seed).Conv(3, [3, 3]).Then("Relu");
        string shape = maker.File.Node("shape", "Shape", [maker.Name]);
        string batch = maker.File.Node("batch", "Gather", [shape, maker.File.Constant("zero", 0)]);
        string sizes = maker.File.Node("sizes", "Concat", [batch, maker.File.Constant("rest", -1)], ("axis", 0));
        maker.ThenWith("Reshape", [sizes]);
        maker.Shape = [maker.Shape.Aggregate(1, (a, b) => a * b)];
        return maker.Gemm(4).Then("LogSoftmax");
    }

    private static GraphMaker AtEachTime(GraphMaker maker)
    {
        maker.MatMulAdd(6).Then("Relu").MatMulAdd(5).Then("Relu").Then("ReduceMean", ("axes", new[] { 1 }), ("keepdims", 0));
        maker.Shape = [5];
        return maker.MatMulAdd(3);
    }

    private static GraphMaker Limits(int seed)
    {
        GraphMaker maker = Vector(seed).Gemm(8);
        maker.Then("HardSigmoid").Gemm(7).ThenWith("Max", [maker.File.Constant("zero", [0f], 1)]).Gemm(6);
        return maker.ThenWith("Min", [maker.File.Constant("half", [0.5f], 1)]).Gemm(5)
            .ThenWith("Clip", [maker.File.Constant("low", [-0.4f]), maker.File.Constant("high", [0.3f])]).Gemm(3);
    }

    private static GraphMaker Shared(int seed)
    {
        GraphMaker maker = Signal(seed).Conv(4, [3], [1, 1]).Then("Relu");
        string weights = maker.Weights(0.4, 4, 4, 3);
        maker.ThenWith("Conv", [weights], ("pads", new[] { 1, 1 })).Then("Relu")
            .ThenWith("Pad", [maker.File.Constant("pads", 0, 0, 2, 0, 0, 1)]).ThenWith("Conv", [weights], ("strides", new[] { 2 }))
            .Then("Relu");
        return maker.Gap().Gemm(3);
    }

    private static GraphMaker Differences(int seed)
    {
        GraphMaker maker = Image(seed).Conv(4, [3, 3]).Then("Relu");
        string start = maker.Name;
        string other = maker.Conv(4, [1, 1]).Name;
        maker.Name = start;
        maker.ThenWith("Sub", [other]).Then("Relu").ThenWith("ReduceSum", [maker.File.Constant("axes", 2, 3)], ("keepdims", 0))
            .ThenWith("Mul", [maker.File.Constant("tenth", [0.1f])]);
        maker.Shape = [4];
        return maker.Gemm(3);
    }

    private static GraphMaker Swish(GraphMaker maker)
    {
        string x = maker.Name;
        return maker.Then("Sigmoid").ThenWith("Mul", [x]);
    }
}
