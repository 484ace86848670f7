using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Products with constant matrices: dense layers, or convolutions of one tap where each place has its own product.</summary>
internal static class DenseNodes
{
    internal static Flow Gemm(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        Tensor b = matcher.Constant(node, 1) ?? throw NotConstant(node, 1);
        bool turned = node.Int("transB", 0) != 0;
        int[] read = node.Int("transA", 0) != 0 ? [.. x.Shape.Reverse()] : x.Shape;
        if (b.Shape.Length != 2 || read.Length != 2 || read[0] != 1 || read[1] != b.Shape[turned ? 1 : 0])
        {
            throw node.Fault($"{Dims.Words(x.Shape)} times {Dims.Words(b.Shape)} with transA {node.Int("transA", 0)} and transB "
                + $"{node.Int("transB", 0)}: expected a row of as many values as the matrix takes.");
        }

        int rows = b.Shape[turned ? 0 : 1];
        Flow flow = Dense(matcher, node, x, rows, Weights(b, rows, turned), [1, rows]);
        double[] summands = new double[rows];
        if (node.Input(2).Length > 0)
        {
            Tensor c = matcher.Constant(node, 2) ?? throw NotConstant(node, 2);
            int[]? shape = Dims.Broadcast(c.Shape, [1, rows]);
            int[] spread = shape is not null && shape.SequenceEqual([1, rows])
                ? Dims.Spread(c.Shape, shape) : throw node.Fault($"a bias of {Dims.Words(c.Shape)} does not fit {Dims.Words([1, rows])}.");
            summands = [.. spread.Select(i => node.Float("beta", 1f) * (double)c[i])];
        }

        flow.Source!.Scale([.. Enumerable.Repeat((double)node.Float("alpha", 1f), rows)], summands);
        return flow;
    }

    internal static Flow MatMul(Matcher matcher, OnnxNode node)
    {
        if (matcher.IsFlow(node, 0) && matcher.IsFlow(node, 1))
        {
            throw NotConstant(node, 1);
        }

        if (matcher.IsFlow(node, 1))
        {
            return Behind(matcher, node, matcher.Constant(node, 0)!, matcher.Read(node, 1));
        }

        Flow x = matcher.Read(node, 0);
        Tensor w = matcher.Constant(node, 1)!;
        int[] matrix = [.. w.Shape.SkipWhile((size, axis) => size == 1 && axis < w.Shape.Length - 2)];
        if (matrix.Length != 2 || x.Shape.Length == 0 || x.Shape[^1] != matrix[0])
        {
            throw node.Fault($"{Dims.Words(x.Shape)} "
                + $"times {Dims.Words(w.Shape)}: expected a matrix that takes as many values as there are in a row.");
        }

        int[] shape = [.. Enumerable.Repeat(1, Math.Max(0, w.Shape.Length - x.Shape.Length)), .. x.Shape[..^1], matrix[1]];
        return x.Count == matrix[0]
            ? Dense(matcher, node, x, matrix[1], Weights(w, matrix[1], turned: false), shape)
            : PlaceByPlace(matcher, node, x, w, matrix[1], shape);
    }

    private static Flow Behind(Matcher matcher, OnnxNode node, Tensor w, Flow x)
    {
        int[] matrix = [.. w.Shape.SkipWhile((size, axis) => size == 1 && axis < w.Shape.Length - 2)];
        bool isColumn = x.Shape.Length == 1 || x.Shape[^1] == 1;
        if (matrix.Length != 2 || !isColumn || x.Count != matrix[1])
        {
            throw node.Fault($"{Dims.Words(w.Shape)} "
                + $"times {Dims.Words(x.Shape)}: expected a matrix, and a column of as many values as it takes.");
        }

        int[] shape = x.Shape.Length == 1
            ? [.. w.Shape[..^1]] : [.. Enumerable.Repeat(1, Math.Max(w.Shape.Length, x.Shape.Length) - 2), matrix[0], 1];
        return Dense(matcher, node, x, matrix[0], Weights(w, matrix[0], turned: true), shape);
    }

    private static Flow Dense(Matcher matcher, OnnxNode node, Flow x, int rows, Func<int, int, double> weight, int[] shape)
    {
        if (rows < 1)
        {
            throw node.Fault("gives no values.");
        }

        DenseDraft draft = new(node, x, matcher.Sample, rows, weight);
        draft.Measure(Shape.Vector(x.Count));
        return matcher.AddDense(draft, shape, x);
    }

    /// <summary>The same product for each place of an image or a signal whose channels stand together: a convolution of one tap.</summary>
    private static Flow PlaceByPlace(Matcher matcher, OnnxNode node, Flow x, Tensor w, int rows, int[] shape)
    {
        int channels = x.Shape[^1];
        if (x.Source is null && matcher.Sample.Bound is null)
        {
            matcher.Sample.Bind(new Shape(x.Count / channels, 1, channels), null);
        }

        int[] map = new int[x.Count / channels * rows];
        for (int i = 0; i < x.Count; i++)
        {
            int place = matcher.Place(x, i) / channels;
            if (matcher.ShapeOf(x).Channels != channels || matcher.Place(x, i) % channels != i % channels)
            {
                throw node.Fault($"{Dims.Words(x.Shape)} times {Dims.Words(w.Shape)}: a product for each of several rows, whose values do "
                    + "not stand together in the layer before.");
            }

            for (int row = 0; row < rows && i % channels == 0; row++)
            {
                map[i / channels * rows + row] = place * rows + row;
            }
        }

        ConvDraft draft = new(node, x.Source, rows, channels, new WindowDescription(1, 1), (row, _, channel) => w[channel * rows + row]);
        return matcher.Add(draft, shape, map, x);
    }

    private static Func<int, int, double> Weights(Tensor w, int rows, bool turned)
    {
        int inputs = w.Count / Math.Max(rows, 1);
        float[] values = w.ToFloats();
        if (w.Data is double[] doubles)
        {
            return turned ? (row, input) => doubles[row * inputs + input] : (row, input) => doubles[input * rows + row];
        }

        return turned ? (row, input) => values[row * inputs + input] : (row, input) => values[input * rows + row];
    }

    private static ImportException NotConstant(OnnxNode node, int input) => node.Fault(
        $"input {input}, \"{node.Input(input)}\", is computed from the data: products of two things that change, as attention has them, "
            + "have no equal here. Expected a constant.");
}
