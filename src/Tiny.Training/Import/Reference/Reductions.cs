using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Operators that make one element of many.</summary>
internal static class Reductions
{
    private const int AxesAreInput = 18; // of all but the sum, where it was 13

    internal static Tensor OverPlaces(OnnxNode node, Tensor x, bool isMax)
    {
        (int channels, int[] places) = Windows.Places(node, x.Shape);
        int each = (int)Dims.Count(places);
        double[] values = x.ToDoubles();
        return Tensor.Of(
            [1, channels, .. places.Select(_ => 1)],
            [.. Enumerable.Range(0, channels).Select(channel => isMax
                ? values.Skip(channel * each).Take(each).Max() : values.AsSpan(channel * each, each).ToArray().Sum() / each)]);
    }

    /// <summary>The axes over which a node reduces; all where it names none.</summary>
    internal static int[] AxesOf(OnnxNode node, int rank, Tensor? input)
    {
        long[]? axes = Movement.Axes(node, node.Opset >= AxesAreInput || node.Operator == "ReduceSum" ? input : null);
        int[] counted = axes is null || axes.Length == 0 ? [.. Enumerable.Range(0, rank)] : [.. axes.Select(axis => Dims.Axis(axis, rank))];
        return counted.Contains(-1) ? throw node.Fault($"reduces over axes [{string.Join(", ", axes!)}] of {rank}.") : counted;
    }

    /// <summary>The shape that is left, and for each element read the one that it goes to.</summary>
    internal static (int[] Shape, int[] To) Targets(OnnxNode node, int[] shape, int[] axes)
    {
        int[] kept = [.. shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        int[] to = Dims.Spread(kept, shape);
        return (node.Int("keepdims", 1) != 0 ? kept : [.. shape.Where((_, axis) => !axes.Contains(axis))], to);
    }

    internal static Tensor Reduce(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        if (inputs.Length > 1 && inputs[1] is { Count: 0 } && node.Int("noop_with_empty_axes", 0) != 0)
        {
            return x;
        }

        (int[] shape, int[] to) = Targets(node, x.Shape, AxesOf(node, x.Shape.Length, inputs.Length > 1 ? inputs[1] : null));
        Func<double, double, double> join = node.Operator switch
        {
            "ReduceMax" => Math.Max,
            "ReduceMin" => Math.Min,
            "ReduceProd" => (a, b) => a * b,
            _ => (a, b) => a + b,
        };
        double[] values = [.. Enumerable.Repeat(node.Operator switch { "ReduceMax" => double.NegativeInfinity,
            "ReduceMin" => double.PositiveInfinity, "ReduceProd" => 1.0, _ => 0.0 }, (int)Dims.Count(shape))];
        for (int i = 0; i < x.Count; i++)
        {
            values[to[i]] = join(values[to[i]], x[i]);
        }

        if (node.Operator == "ReduceMean")
        {
            values = [.. values.Select(value => value * values.Length / x.Count)];
        }

        return x.IsWhole ? new Tensor(shape, Array.ConvertAll(values, value => (long)Math.Clamp(value, long.MinValue, long.MaxValue)))
            : Tensor.Of(shape, values);
    }

    /// <summary>The axes over which a softmax sums: one; before version 13 all from one on.</summary>
    internal static int[] SoftmaxAxes(OnnxNode node, int rank)
    {
        int axis = Dims.Axis(node.SmallInt("axis", node.Opset < 13 ? 1 : -1), rank);
        return axis < 0 ? throw node.Fault($"attribute axis is {node.Int("axis", -1)}, but there are {rank} dimensions.")
            : node.Opset < 13 ? [.. Enumerable.Range(axis, rank - axis)] : [axis];
    }

    internal static Tensor Softmax(OnnxNode node, Tensor x)
    {
        (_, int[] to) = Targets(OnnxNode.Of("", "", 1, [], ""), x.Shape, SoftmaxAxes(node, x.Shape.Length));
        double[] values = [.. x.ToDoubles()];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, values.Length).GroupBy(i => to[i]))
        {
            double largest = group.Max(i => values[i]);
            double sum = group.Sum(i => Math.Exp(values[i] - largest));
            foreach (int i in group)
            {
                values[i] = Math.Exp(values[i] - largest) / sum;
            }
        }

        return Tensor.Of(x.Shape, values);
    }
}
