using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Branches that meet.</summary>
internal static class JoinNodes
{
    /// <summary>The sum of two branches.</summary>
    internal static Flow Sum(Matcher matcher, OnnxNode node, Flow a, Flow b)
    {
        Shape first = matcher.ShapeOf(a);
        Shape second = matcher.ShapeOf(b);
        if (a.Count != b.Count || !a.Shape.SequenceEqual(b.Shape))
        {
            throw node.Fault($"adds {Dims.Words(a.Shape)} and {Dims.Words(b.Shape)}: branches that meet have one shape.");
        }

        int[] map = new int[a.Count];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = matcher.Place(a, i);
            if (first != second || map[i] != matcher.Place(b, i))
            {
                throw node.Fault($"adds what layers give as {Words(first)} and {Words(second)}, whose values lie in different orders.");
            }
        }

        return a.Source == b.Source
            ? ElementNodes.Scaled(matcher, node, a, 2, 0)
            : matcher.Add(new JoinDraft(node, a.Source, b.Source, isSum: true), a.Shape, map, a, b);
    }

    /// <summary>Channels of branches beside each other.</summary>
    internal static Flow Concat(Matcher matcher, OnnxNode node)
    {
        Flow[] parts = [.. node.Inputs.Select((_, i) => matcher.Read(node, i))];
        int axis = Dims.Axis(node.SmallInt("axis", 1), parts[0].Shape.Length);
        if (axis < 0 || parts.Any(part => part.Shape.Length != parts[0].Shape.Length
            || part.Shape.Where((size, i) => i != axis && size != parts[0].Shape[i]).Any()))
        {
            throw node.Fault($"{string.Join(" and ", parts.Select(part => Dims.Words(part.Shape)))} cannot be set behind each other "
                + $"along axis {node.Int("axis", 1)}.");
        }

        return parts.Skip(1).Aggregate(parts[0], (a, b) => Join(matcher, node, a, b, axis));
    }

    private static Flow Join(Matcher matcher, OnnxNode node, Flow a, Flow b, int axis)
    {
        Shape first = matcher.ShapeOf(a);
        Shape second = matcher.ShapeOf(b);
        if (first.Height != second.Height || first.Width != second.Width)
        {
            throw node.Fault($"sets {Words(first)} and {Words(second)} beside each other: branches that meet have as many places, as "
                + "behind global averages or before a Flatten.");
        }

        if (a.Source == b.Source)
        {
            throw node.Fault("sets what one layer gives beside itself.");
        }

        int[] shape = [.. a.Shape];
        shape[axis] += b.Shape[axis];
        int channels = first.Channels + second.Channels;
        int inner = (int)Dims.Count(a.Shape[(axis + 1)..]);
        int left = a.Shape[axis] * inner;
        int right = b.Shape[axis] * inner;
        int[] map = new int[a.Count + b.Count];
        for (int i = 0; i < map.Length; i++)
        {
            int row = i / (left + right);
            int at = i % (left + right);
            int place = at < left ? matcher.Place(a, row * left + at) : matcher.Place(b, row * right + at - left);
            map[i] = at < left ? place / first.Channels * channels + place % first.Channels
                : place / second.Channels * channels + first.Channels + place % second.Channels;
        }

        return matcher.Add(new JoinDraft(node, a.Source, b.Source, isSum: false), shape, map, a, b);
    }

    private static string Words(Shape shape) => $"{shape.Height} x {shape.Width} x {shape.Channels}";
}
