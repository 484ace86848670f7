using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>
/// What multiplies and adds value by value: taken up by the layer before, by the model's
/// input normalization, or a depthwise layer of one tap.
/// </summary>
internal static class ElementNodes
{
    internal static Flow BatchNormalization(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        (double[] factors, double[] summands) = BatchStatistics.Factors(node, i => matcher.Constant(node, i));
        int channels = x.Shape.Length > 1 ? x.Shape[1] : 1;
        int each = x.Shape.Length > 2 ? (int)Dims.Count(x.Shape[2..]) : 1;
        return factors.Length == channels
            ? Apply(matcher, node, x, i => factors[i / each % channels], i => summands[i / each % channels])
            : throw node.Fault($"{factors.Length} channels are normalized, but the shape is {Dims.Words(x.Shape)}.");
    }

    internal static Flow Add(Matcher matcher, OnnxNode node)
    {
        Flow[] branches = [.. Enumerable.Range(0, node.Inputs.Count).Where(i => matcher.IsFlow(node, i))
            .Select(i => matcher.Read(node, i))];
        Flow sum = branches.Skip(1).Aggregate(branches[0], (a, b) => JoinNodes.Sum(matcher, node, a, b));
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (matcher.Constant(node, i) is Tensor constant)
            {
                sum = WithConstant(matcher, node, sum, constant, (_, c) => (1, c));
            }
        }

        return sum;
    }

    internal static Flow Subtract(Matcher matcher, OnnxNode node)
    {
        if (matcher.Constant(node, 1) is Tensor taken)
        {
            return WithConstant(matcher, node, matcher.Read(node, 0), taken, (_, c) => (1, -c));
        }

        return matcher.Constant(node, 0) is Tensor from
            ? WithConstant(matcher, node, matcher.Read(node, 1), from, (_, c) => (-1, c))
            : JoinNodes.Sum(matcher, node, matcher.Read(node, 0), Scaled(matcher, node, matcher.Read(node, 1), -1, 0));
    }

    internal static Flow Multiply(Matcher matcher, OnnxNode node)
    {
        int constant = matcher.Constant(node, 0) is not null ? 0 : 1;
        return matcher.Constant(node, constant) is Tensor factor
            ? WithConstant(matcher, node, matcher.Read(node, 1 - constant), factor, (_, c) => (c, 0))
            : throw node.Fault("multiplies two things that change; only x times Sigmoid(x), which is swish, and products with constants "
            + "have an equal here.");
    }

    internal static Flow Divide(Matcher matcher, OnnxNode node) => matcher.Constant(node, 1) is Tensor divisor
        ? WithConstant(matcher, node, matcher.Read(node, 0), divisor, (_, c) => (1 / c, 0))
        : throw node.Fault("divides by what changes; expected a constant divisor.");

    /// <summary>All values times a factor, plus a summand.</summary>
    internal static Flow Scaled(Matcher matcher, OnnxNode node, Flow x, double factor, double summand) =>
        Apply(matcher, node, x, _ => factor, _ => summand);

    /// <summary>A layer that gives what it reads, to have an activation.</summary>
    internal static Flow Identity(Matcher matcher, OnnxNode node, Flow x) => Depthwise(matcher, node, x, null, null);

    private static Flow WithConstant(
        Matcher matcher, OnnxNode node, Flow x, Tensor constant, Func<int, double, (double Factor, double Summand)> part)
    {
        int[]? shape = Dims.Broadcast(x.Shape, constant.Shape);
        if (shape is null || Dims.Count(shape) != x.Count)
        {
            throw node.Fault(
                $"{Dims.Words(x.Shape)} and a constant "
                    + $"of {Dims.Words(constant.Shape)} come to {(shape is null ? "nothing" : Dims.Words(shape))}: "
                + "expected a constant that is spread over what the layer gives, and not the other way round.");
        }

        int[] spread = Dims.Spread(constant.Shape, shape);
        return Apply(matcher, node, x.Moved(shape, null), i => part(i, constant[spread[i]]).Factor,
            i => part(i, constant[spread[i]]).Summand);
    }

    private static Flow Apply(Matcher matcher, OnnxNode node, Flow x, Func<int, double> factor, Func<int, double> summand)
    {
        for (int i = 0; i < x.Count; i++)
        {
            if (!double.IsFinite(factor(i)) || !double.IsFinite(summand(i)))
            {
                throw node.Fault("multiplies with or adds what is no finite number.");
            }
        }

        if (x.Source is null && !matcher.Sample.IsFrozen && Normalize(matcher, x, factor, summand))
        {
            matcher.Notes.Step($"{node.Label}: taken up by the model's input normalization");
            return x;
        }

        if (x.Source is Draft { IsFrozen: false, TakesFactors: true } draft
            && ByChannel(matcher, x, factor, summand) is (double[] factors, double[] summands))
        {
            matcher.Notes.Step($"{node.Label}: folded into the weights of {draft.Node.Label}");
            draft.Scale(factors, summands);
            return x;
        }

        matcher.ShapeOf(x);
        (double[] Factors, double[] Summands) each = ByChannel(matcher, x, factor, summand)
            ?? throw node.Fault("multiplies or adds numbers that differ from place to place; layers here have one for a whole channel. "
                + "At the beginning of a model they can be its input normalization, with factors of 0 or more.");
        return Depthwise(matcher, node, x, each.Factors, each.Summands);
    }

    /// <summary>y = (x - mean) * scale * factor + summand, as another mean and scale.</summary>
    private static bool Normalize(Matcher matcher, Flow x, Func<int, double> factor, Func<int, double> summand)
    {
        Sample sample = matcher.Sample;
        for (int i = 0; i < x.Count; i++)
        {
            if (factor(i) < 0 || (sample.Scales[x.Origin(i)] * factor(i) == 0 && summand(i) != 0))
            {
                return false;
            }
        }

        for (int i = 0; i < x.Count; i++)
        {
            int value = x.Origin(i);
            sample.Scales[value] *= factor(i);
            if (summand(i) != 0)
            {
                sample.Means[value] -= summand(i) / sample.Scales[value];
            }
        }

        return true;
    }

    /// <summary>Factors and summands by the channel of the model that each element stands in; null where they differ within one.</summary>
    private static (double[] Factors,
        double[] Summands)? ByChannel(Matcher matcher, Flow x, Func<int, double> factor, Func<int, double> summand)
    {
        int channels = matcher.ShapeOf(x).Channels;
        double[] factors = [.. Enumerable.Repeat(double.NaN, channels)];
        double[] summands = new double[channels];
        for (int i = 0; i < x.Count; i++)
        {
            int channel = matcher.Place(x, i) % channels;
            if (double.IsNaN(factors[channel]))
            {
                (factors[channel], summands[channel]) = (factor(i), summand(i));
            }
            else if (factors[channel] != factor(i) || summands[channel] != summand(i))
            {
                return null;
            }
        }

        return (factors, summands);
    }

    private static Flow Depthwise(Matcher matcher, OnnxNode node, Flow x, double[]? factors, double[]? summands)
    {
        Shape shape = matcher.ShapeOf(x);
        int[] map = new int[x.Count];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = matcher.Place(x, i);
        }

        DepthwiseDraft draft = new(node, x.Source, shape.Channels, new WindowDescription(1, 1), (_, _) => 1);
        Flow flow = matcher.Add(draft, x.Shape, map, x);
        if (factors is not null)
        {
            draft.Scale(factors, summands!);
        }

        return flow;
    }
}
