using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Operators that make one element of one, or of two that stand in the same place.</summary>
internal static class Elementwise
{
    private static readonly Dictionary<string, Func<OnnxNode, double, double>> OfOne = new()
    {
        ["Relu"] = (_, x) => Math.Max(x, 0),
        ["LeakyRelu"] = (node, x) => x >= 0 ? x : node.Float("alpha", 0.01f) * x,
        ["Elu"] = (node, x) => x >= 0 ? x : node.Float("alpha", 1f) * (Math.Exp(x) - 1),
        ["Sigmoid"] = (_, x) => 1 / (1 + Math.Exp(-x)),
        ["Swish"] = (_, x) => x / (1 + Math.Exp(-x)),
        ["HardSigmoid"] = (node, x) => Math.Clamp(node.Float("alpha", 0.2f) * x + node.Float("beta", 0.5f), 0, 1),
        ["Tanh"] = (_, x) => Math.Tanh(x),
        ["Neg"] = (_, x) => -x,
        ["Abs"] = (_, x) => Math.Abs(x),
        ["Sqrt"] = (_, x) => Math.Sqrt(x),
        ["Exp"] = (_, x) => Math.Exp(x),
        ["Log"] = (_, x) => Math.Log(x),
        ["Reciprocal"] = (_, x) => 1 / x,
        ["Floor"] = (_, x) => Math.Floor(x),
        ["Ceil"] = (_, x) => Math.Ceiling(x),
    };

    private static readonly Dictionary<string, Func<double, double, double>> OfTwo = new()
    {
        ["Add"] = (a, b) => a + b,
        ["Sub"] = (a, b) => a - b,
        ["Mul"] = (a, b) => a * b,
        ["Div"] = (a, b) => a / b,
        ["Pow"] = Math.Pow,
        ["Min"] = Math.Min,
        ["Max"] = Math.Max,
        ["Sum"] = (a, b) => a + b,
    };

    private const int Float16 = 10;
    private const int Double = 11;

    internal static bool Has(string name) => OfOne.ContainsKey(name) || OfTwo.ContainsKey(name);

    internal static Tensor Run(OnnxNode node, Tensor?[] inputs)
    {
        Tensor first = Operators.At(node, inputs, 0);
        if (OfOne.TryGetValue(node.Operator, out Func<OnnxNode, double, double>? one))
        {
            return Map(first, x => one(node, x));
        }

        Func<double, double, double> two = OfTwo[node.Operator];
        return inputs.Skip(1).Aggregate(first, (a, b) => Join(node, a, b ?? throw node.Fault("an input is missing."), two));
    }

    internal static Tensor Map(Tensor x, Func<double, double> function)
    {
        double[] values = new double[x.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(x[i]);
        }

        return x.IsWhole ? new Tensor(x.Shape, Array.ConvertAll(values, Whole)) : Tensor.Of(x.Shape, values);
    }

    internal static Tensor Clip(OnnxNode node, Tensor?[] inputs)
    {
        (double least, double greatest) = ClipLimits(node, i => i < inputs.Length ? inputs[i] : null);
        return Map(Operators.At(node, inputs, 0), x => Math.Min(Math.Max(x, least), greatest));
    }

    /// <summary>The limits of a Clip: attributes, or in later versions inputs.</summary>
    internal static (double Least, double Greatest) ClipLimits(OnnxNode node, Func<int, Tensor?> constant)
    {
        return (Limit(1, "min", double.NegativeInfinity), Limit(2, "max", double.PositiveInfinity));

        double Limit(int input, string attribute, double otherwise) => node.Input(input).Length > 0
            ? constant(input) is Tensor { Count: 1 } limit ? limit[0] : throw node.Fault($"its {attribute} is no constant number.")
            : node.Attributes.GetValueOrDefault(attribute)?.Float ?? otherwise;
    }

    internal static Tensor PRelu(OnnxNode node, Tensor x, Tensor slope)
    {
        int[] spread = Dims.Broadcast(x.Shape, slope.Shape) is int[] shape && Dims.Count(shape) == x.Count
            ? Dims.Spread(slope.Shape, shape)
            : throw node.Fault($"a slope of {Dims.Words(slope.Shape)} does not fit {Dims.Words(x.Shape)}.");
        double[] values = x.ToDoubles();
        return Tensor.Of(x.Shape, [.. values.Select((value, i) => value >= 0 ? value : value * slope[spread[i]])]);
    }

    internal static Tensor Cast(OnnxNode node, Tensor x) => node.Int("to", 1) switch
    {
        1 or Float16 or Double or 16 => x.IsWhole ? new Tensor(x.Shape, x.ToDoubles()) : x,
        8 => new Tensor(x.Shape, x.ToTexts()),
        9 => new Tensor(x.Shape, Array.ConvertAll(x.ToDoubles(), value => value != 0 ? 1L : 0L)),
        _ => new Tensor(x.Shape, x.ToLongs()),
    };

    private static Tensor Join(OnnxNode node, Tensor a, Tensor b, Func<double, double, double> function)
    {
        int[] shape = Dims.Broadcast(a.Shape, b.Shape)
            ?? throw node.Fault($"{Dims.Words(a.Shape)} and {Dims.Words(b.Shape)} do not go together.");
        Operators.Sized(node, shape, Math.Max(a.Count, b.Count));
        int[]? fromA = a.Shape.SequenceEqual(shape) ? null : Dims.Spread(a.Shape, shape);
        int[]? fromB = b.Shape.SequenceEqual(shape) ? null : Dims.Spread(b.Shape, shape);
        double[] values = new double[Dims.Count(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = function(a[fromA is null ? i : fromA[i]], b[fromB is null ? i : fromB[i]]);
        }

        // Whole numbers divide toward 0, as shapes do.
        return a.IsWhole && b.IsWhole ? new Tensor(shape, Array.ConvertAll(values, Whole)) : Tensor.Of(shape, values);
    }

    private static long Whole(double value) => double.IsNaN(value) ? 0 : (long)Math.Clamp(value, long.MinValue, long.MaxValue);
}
