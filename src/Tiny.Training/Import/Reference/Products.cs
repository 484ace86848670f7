using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    internal static Tensor Gemm(OnnxNode node, Tensor?[] inputs)
    {
        Tensor a = Turned(node, Operators.At(node, inputs, 0), node.Int("transA", 0) != 0);
        Tensor b = Turned(node, Operators.At(node, inputs, 1), node.Int("transB", 0) != 0);
        Tensor product = MatMul(node, a, b);
        double alpha = node.Float("alpha", 1f);
        double[] values = [.. product.ToDoubles().Select(value => alpha * value)];
        if (inputs.Length > 2 && inputs[2] is Tensor c)
        {
            double beta = node.Float("beta", 1f);
            int[]? shape = Dims.Broadcast(product.Shape, c.Shape);
            int[] spread = shape is not null && shape.SequenceEqual(product.Shape)
                ? Dims.Spread(c.Shape, shape)
                : throw node.Fault($"a bias of {Dims.Words(c.Shape)} does not fit {Dims.Words(product.Shape)}.");
            values = [.. values.Select((value, i) => value + beta * c[spread[i]])];
        }

        return Tensor.Of(product.Shape, values);
    }

    internal static Tensor MatMul(OnnxNode node, Tensor a, Tensor b)
    {
        int[] left = a.Shape.Length == 1 ? [1, a.Shape[0]] : a.Shape;
        int[] right = b.Shape.Length == 1 ? [b.Shape[0], 1] : b.Shape;
        if (left.Length < 2 || right.Length < 2 || left[^1] != right[^2] || Dims.Broadcast(left[..^2], right[..^2]) is not int[] batch)
        {
            throw node.Fault($"{Dims.Words(a.Shape)} times {Dims.Words(b.Shape)}: the inner sizes differ.");
        }

        (int rows, int inner, int columns) = (left[^2], left[^1], right[^1]);
        Operators.Sized(node, [.. batch, rows, columns], Math.Max(a.Count, b.Count));
        int[] fromLeft = Dims.Spread(left[..^2], batch);
        int[] fromRight = Dims.Spread(right[..^2], batch);
        double[] product = new double[Dims.Count(batch) * rows * columns];
        double[] x = a.ToDoubles();
        for (int i = 0; i < fromLeft.Length; i++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int k = 0; k < inner; k++)
                {
                    Add(product.AsSpan((i * rows + row) * columns, columns), x[(fromLeft[i] * rows + row) * inner + k], b.Data,
                        (fromRight[i] * inner + k) * columns);
                }
            }
        }

        int[] shape = [.. batch, .. a.Shape.Length == 1 ? Array.Empty<int>() : [rows], .. b.Shape.Length == 1
            ? Array.Empty<int>() : [columns]];
        return Tensor.Of(shape, product);
    }

    private static void Add(Span<double> to, double factor, Array weights, int first)
    {
        if (weights is float[] floats)
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] += factor * floats[first + i];
            }
        }
        else if (weights is double[] doubles)
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] += factor * doubles[first + i];
            }
        }
        else
        {
            long[] whole = (long[])weights;
            for (int i = 0; i < to.Length; i++)
            {
                to[i] += factor * whole[first + i];
            }
        }
    }

    private static Tensor Turned(OnnxNode node, Tensor matrix, bool turn)
    {
        if (matrix.Shape.Length != 2)
        {
            throw node.Fault($"a matrix of shape {Dims.Words(matrix.Shape)}: expected two dimensions.");
        }

        return !turn ? matrix : Operators.Run(OnnxNode.Of(node.Name, "Transpose", node.Opset, node.Inputs, ""), [matrix]);
    }
}
