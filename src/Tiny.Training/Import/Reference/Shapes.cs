using Tiny.Training.Import.Onnx;

namespace Tiny.Training.Import.Reference;

/// <summary>Operators over shapes and pieces of tensors, as exporters write them around constants.</summary>
internal static class Shapes
{
    internal static Tensor Constant(OnnxNode node)
    {
        foreach (OnnxAttribute attribute in node.Attributes.Values)
        {
            switch (attribute.Name)
            {
                case "value" when attribute.Tensor is not null: return attribute.Tensor;
                case "value_float" when attribute.Float is float number: return new Tensor([], new[] { number });
                case "value_int" when attribute.Integer is long number: return new Tensor([], new[] { number });
                case "value_floats": return new Tensor([attribute.Floats.Count], attribute.Floats.ToArray());
                case "value_ints": return Tensor.Of([.. attribute.Integers]);
                case "value_string" when attribute.Text is not null: return new Tensor([], new[] { attribute.Text });
                case "value_strings": return new Tensor([attribute.Texts.Count], attribute.Texts.ToArray());
                default: break;
            }
        }

        throw node.Fault($"it has no value, but {(node.Attributes.Count == 0 ? "nothing" : string.Join(", ", node.Attributes.Keys))}.");
    }

    internal static Tensor ShapeOf(OnnxNode node, int[] shape)
    {
        int from = Math.Clamp(Counted(node.SmallInt("start", 0)), 0, shape.Length);
        int to = Math.Clamp(Counted(node.SmallInt("end", shape.Length)), from, shape.Length);
        return Tensor.Of([.. shape[from..to].Select(size => (long)size)]);

        int Counted(int axis) => axis < 0 ? axis + shape.Length : axis;
    }

    internal static Tensor Filled(OnnxNode node, Tensor shape)
    {
        int[] sizes = Operators.Sized(node, SizesOf(node, shape), 0);
        Tensor value = node.Attributes.GetValueOrDefault("value")?.Tensor is Tensor { Count: 1 } one ? one : new Tensor([1], new float[1]);
        return value.Pick(sizes, new int[Dims.Count(sizes)]);
    }

    internal static Tensor Expand(OnnxNode node, Tensor x, Tensor shape)
    {
        int[] to = Dims.Broadcast(x.Shape, SizesOf(node, shape))
            ?? throw node.Fault($"{Dims.Words(x.Shape)} cannot be expanded to [{string.Join(", ", shape.ToLongs())}].");
        return x.Pick(Operators.Sized(node, to, x.Count), Dims.Spread(x.Shape, to));
    }

    internal static Tensor Gather(OnnxNode node, Tensor x, Tensor indices)
    {
        int axis = Dims.Axis(node.SmallInt("axis", 0), x.Shape.Length);
        if (axis < 0)
        {
            throw node.Fault($"attribute axis is {node.Int("axis", 0)}, but the shape is {Dims.Words(x.Shape)}.");
        }

        int[] places = [.. indices.ToLongs().Select(index => Dims.Axis(index, x.Shape[axis]))];
        if (places.Contains(-1))
        {
            throw node.Fault("an index of "
                + $"[{string.Join(", ", indices.ToLongs().Take(8))}] is beyond {Dims.Words(x.Shape)} along axis {axis}.");
        }

        int[] shape = Operators.Sized(node, [.. x.Shape[..axis], .. indices.Shape, .. x.Shape[(axis + 1)..]], x.Count);
        int inner = (int)Dims.Count(x.Shape[(axis + 1)..]);
        int[] from = new int[Dims.Count(shape)];
        for (int i = 0; i < from.Length; i++)
        {
            int place = i / inner % places.Length;
            from[i] = (i / inner / places.Length * x.Shape[axis] + places[place]) * inner + i % inner;
        }

        return x.Pick(shape, from);
    }

    internal static Tensor Concat(OnnxNode node, Tensor?[] inputs)
    {
        Tensor[] parts = [.. inputs.Select((_, i) => Operators.At(node, inputs, i))];
        int axis = parts.Length == 0 ? -1 : Dims.Axis(node.SmallInt("axis", 0), parts[0].Shape.Length);
        if (axis < 0 || parts.Any(part => part.Shape.Length != parts[0].Shape.Length
            || part.Shape.Where((size, i) => i != axis && size != parts[0].Shape[i]).Any()))
        {
            throw node.Fault($"{string.Join(" and ", parts.Select(part => Dims.Words(part.Shape)))} cannot be set behind each other "
                + $"along axis {node.Int("axis", 0)}.");
        }

        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        int outer = (int)Dims.Count(shape[..axis]);
        if (parts.All(part => part.Data is long[]))
        {
            return new Tensor(shape, Joined(parts, outer, part => (long[])part.Data));
        }

        return parts.All(part => part.Data is float[])
            ? new Tensor(shape, Joined(parts, outer, part => (float[])part.Data))
            : Tensor.Of(shape, Joined(parts, outer, part => part.ToDoubles()));
    }

    internal static Tensor Slice(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        long[] starts = Numbers("starts", 1) ?? throw node.Fault("its starts are missing.");
        long[] ends = Numbers("ends", 2) ?? throw node.Fault("its ends are missing.");
        long[] axes = Numbers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = Numbers("steps", 4) ?? [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw node.Fault($"{starts.Length} "
                + $"starts, {ends.Length} ends, {axes.Length} axes and {steps.Length} steps: expected as many of each.");
        }

        for (int i = 0; i < starts.Length; i++)
        {
            x = Sliced(node, x, Dims.Axis(axes[i], x.Shape.Length), starts[i], ends[i], steps[i]);
        }

        return x;

        long[]? Numbers(string attribute, int input) => input < inputs.Length && inputs[input] is Tensor tensor
            ? tensor.ToLongs() : node.Ints(attribute)?.Select(number => (long)number).ToArray();
    }

    internal static Tensor Pad(OnnxNode node, Tensor?[] inputs)
    {
        Tensor x = Operators.At(node, inputs, 0);
        (int[] before, int[] after) = PadsOf(node, x.Shape.Length, i => i < inputs.Length ? inputs[i] : null);
        int[] shape = Operators.Sized(node, [.. x.Shape.Select((size, axis) => size + before[axis] + after[axis])], x.Count);
        double[] values = new double[Dims.Count(shape)];
        int[] to = new int[x.Count];
        int[] strides = Dims.Strides(shape);
        Dims.Walk(x.Shape, strides, to);
        int first = before.Select((count, axis) => count * strides[axis]).Sum();
        for (int i = 0; i < to.Length; i++)
        {
            values[first + to[i]] = x[i];
        }

        return Tensor.Of(shape, values);
    }

    /// <summary>What a Pad adds before and behind, along each axis: zeros.</summary>
    internal static (int[] Before, int[] After) PadsOf(OnnxNode node, int rank, Func<int, Tensor?> constant)
    {
        long[] pads = constant(1)?.ToLongs() ?? node.Ints("pads")?.Select(count => (long)count).ToArray()
            ?? throw node.Fault("its pads are missing, or computed from the data.");
        double value = constant(2) is Tensor { Count: 1 } filled ? filled[0] : node.Float("value", 0f);
        if (node.Text("mode", "constant") != "constant" || value != 0)
        {
            throw node.Fault($"it pads by {node.Text("mode", "constant")} with {value}: only zeros can be padded.");
        }

        if (constant(3) is Tensor axes)
        {
            long[] all = new long[2 * rank];
            long[] named = axes.ToLongs();
            for (int i = 0; i < named.Length && pads.Length == 2 * named.Length; i++)
            {
                int axis = Dims.Axis(named[i], rank);
                (all[axis < 0 ? throw node.Fault($"there is no axis {named[i]}.") : axis], all[axis + rank]) =
                    (pads[i], pads[i + named.Length]);
            }

            pads = all;
        }

        return pads.Length == 2 * rank && pads.All(count => count is >= 0 and <= 65_535)
            ? ([.. pads[..rank].Select(count => (int)count)], [.. pads[rank..].Select(count => (int)count)])
            : throw node.Fault($"its pads are [{string.Join(", ", pads)}]: expected {2 * rank} of 0 or more.");
    }

    private static Tensor Sliced(OnnxNode node, Tensor x, int axis, long start, long end, long step)
    {
        if (axis < 0 || step == 0)
        {
            throw node.Fault($"an axis that {Dims.Words(x.Shape)} has not, or steps of 0.");
        }

        int size = x.Shape[axis];
        start = Math.Clamp(start < 0 ? start + size : start, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
        end = Math.Clamp(end < 0 ? Math.Max(end, -size - 1L) + size : end, -1, size);
        List<long> places = [];
        for (long at = start; places.Count < size && (step > 0 ? at < end : at > end); at += Math.Clamp(step, -size - 1, size + 1))
        {
            places.Add(at);
        }

        OnnxNode gather = OnnxNode.Of(node.Name, node.Operator, node.Opset, node.Inputs, "").With("axis", axis);
        return Gather(gather, x, Tensor.Of([.. places]));
    }

    private static T[] Joined<T>(Tensor[] parts, int outer, Func<Tensor, T[]> data)
    {
        T[][] all = [.. parts.Select(data)];
        T[] joined = new T[all.Sum(part => part.Length)];
        int at = 0;
        for (int row = 0; row < outer; row++)
        {
            foreach (T[] part in all)
            {
                int each = part.Length / outer;
                Array.Copy(part, row * each, joined, at, each);
                at += each;
            }
        }

        return joined;
    }

    private static int[] SizesOf(OnnxNode node, Tensor shape)
    {
        long[] sizes = shape.ToLongs();
        return sizes.Length <= 8 && sizes.All(size => size is >= 0 and <= int.MaxValue)
            ? [.. sizes.Select(size => (int)size)]
            : throw node.Fault($"its shape is [{string.Join(", ", sizes.Take(9))}]: expected at most 8 sizes of 0 or more.");
    }
}
