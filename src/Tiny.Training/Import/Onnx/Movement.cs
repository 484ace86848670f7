namespace Tiny.Training.Import.Onnx;

/// <summary>
/// Operators that change the shape or the order of elements and no element: what they do is
/// an index, for constants and for what flows alike.
/// </summary>
internal static class Movement
{
    /// <summary>What a node makes of a shape.</summary>
    /// <param name="node">The node.</param>
    /// <param name="shape">The shape of what it reads first.</param>
    /// <param name="constant">Its constant inputs by their places; null for one that is none or not there.</param>
    /// <param name="batch">The batch that the model was saved with, which counts as 1 here.</param>
    /// <returns>The shape, and for each element the one it comes from (null: all in their order);
    /// null for a node that does something else.</returns>
    /// <exception cref="ImportException">The node does not fit the shape.</exception>
    internal static (int[] Shape, int[]? From)? Of(OnnxNode node, int[] shape, Func<int, Tensor?> constant, int batch) =>
        node.Operator switch
        {
            "Identity" or "Cast" or "CastLike" => (shape, null),
            "Dropout" => (shape, null),
            "Reshape" => (Reshape(node, shape, constant(1)?.ToLongs() ?? node.Ints("shape")?.Select(size => (long)size).ToArray(), batch),
                null),
            "Flatten" => (Flatten(node, shape), null),
            "Squeeze" => (Squeeze(node, shape, Axes(node, constant(1))), null),
            "Unsqueeze" => (Unsqueeze(node, shape, Axes(node, constant(1))), null),
            "Transpose" => Transpose(node, shape),
            _ => null,
        };

    /// <summary>The axes of a node: an attribute, or in later versions an input.</summary>
    internal static long[]? Axes(OnnxNode node, Tensor? input) => input?.ToLongs()
        ?? node.Ints("axes")?.Select(axis => (long)axis).ToArray();

    private static int[] Reshape(OnnxNode node, int[] shape, long[]? target, int batch)
    {
        if (target is null)
        {
            throw node.Fault("its shape is computed from the data. Save the model with fixed sizes.");
        }

        if (target.Length > 8 || target.Any(size => size is < -1 or > int.MaxValue) || target.Count(size => size == -1) > 1)
        {
            throw node.Fault($"its shape is [{string.Join(", ", target)}]: expected at most 8 sizes, and at most one of them -1.");
        }

        long[] copied = [.. target.Select((size, i) => size == 0 && node.Int("allowzero", 0) == 0
            ? (i < shape.Length ? shape[i] : throw node.Fault($"its shape copies dimension {i} of {Dims.Words(shape)}.")) : size)];
        long count = Dims.Count(shape);
        if (batch > 1 && copied.Length > 0 && copied[0] == batch && Fill(copied, count) is null)
        {
            copied[0] = 1;
        }

        return Fill(copied, count) ?? throw node.Fault($"cannot make [{string.Join(", ", target)}] of the shape {Dims.Words(shape)}.");
    }

    private static int[]? Fill(long[] target, long count)
    {
        long known = Dims.Count(target.Where(size => size != -1).Select(size => (int)size));
        if (!target.Contains(-1))
        {
            return known == count ? [.. target.Select(size => (int)size)] : null;
        }

        return known > 0 && count % known == 0 ? [.. target.Select(size => size == -1 ? (int)(count / known) : (int)size)] : null;
    }

    private static int[] Flatten(OnnxNode node, int[] shape)
    {
        int axis = node.SmallInt("axis", 1);
        axis = axis < 0 ? axis + shape.Length : axis;
        return axis >= 0 && axis <= shape.Length
            ? [(int)Dims.Count(shape[..axis]), (int)Dims.Count(shape[axis..])]
            : throw node.Fault($"attribute axis is {axis}, but the shape is {Dims.Words(shape)}.");
    }

    private static int[] Squeeze(OnnxNode node, int[] shape, long[]? axes)
    {
        if (axes is null)
        {
            return [.. shape.Where(size => size != 1)];
        }

        int[] gone = [.. axes.Select(axis => Dims.Axis(axis, shape.Length))];
        return gone.All(axis => axis >= 0 && shape[axis] == 1)
            ? [.. shape.Where((_, axis) => !gone.Contains(axis))]
            : throw node.Fault($"cannot leave out axes [{string.Join(", ", axes)}] of {Dims.Words(shape)}: they must be 1.");
    }

    private static int[] Unsqueeze(OnnxNode node, int[] shape, long[]? axes)
    {
        if (axes is null || axes.Length > 8)
        {
            throw node.Fault("its axes are missing, or computed from the data.");
        }

        int rank = shape.Length + axes.Length;
        int[] added = [.. axes.Select(axis => Dims.Axis(axis, rank))];
        if (added.Contains(-1) || added.Distinct().Count() != added.Length)
        {
            throw node.Fault($"cannot add axes [{string.Join(", ", axes)}] to {Dims.Words(shape)}.");
        }

        int next = 0;
        return [.. Enumerable.Range(0, rank).Select(axis => added.Contains(axis) ? 1 : shape[next++])];
    }

    private static (int[], int[]?) Transpose(OnnxNode node, int[] shape)
    {
        int[] order = node.Ints("perm") ?? [.. Enumerable.Range(0, shape.Length).Reverse()];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, shape.Length)))
        {
            throw node.Fault($"attribute perm is {Dims.Words(order)}, but the shape is {Dims.Words(shape)}.");
        }

        int[] strides = Dims.Strides(shape);
        int[] to = [.. order.Select(axis => shape[axis])];
        int[] from = new int[Dims.Count(to)];
        Dims.Walk(to, [.. order.Select(axis => strides[axis])], from);
        return (to, from);
    }
}
