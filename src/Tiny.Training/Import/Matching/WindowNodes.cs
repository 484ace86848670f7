using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Convolutions and pools.</summary>
internal static class WindowNodes
{
    private const int MostExpanded = 1 << 21; // weights of a convolution in groups, those between groups included

    internal static Flow Conv(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0, takesPads: true);
        Tensor w = matcher.Constant(node, 1) ?? throw node.Fault("its weights are computed from the data, expected a constant.");
        Images images = Images.Of(matcher, node, x);
        int groups = node.SmallInt("group", 1);
        if (w.Shape.Length != x.Shape.Length || groups < 1 || w.Shape[0] < 1 || (long)w.Shape[1] * groups != images.Channels
            || w.Shape[0] % groups != 0)
        {
            throw node.Fault($"weights {Dims.Words(w.Shape)} in {groups} groups do not fit {Dims.Words(x.Shape)}.");
        }

        if (node.Ints("kernel_shape") is int[] said && !said.SequenceEqual(w.Shape[2..]))
        {
            throw node.Fault($"attribute kernel_shape is {Dims.Words(said)}, but its weights are {Dims.Words(w.Shape)}.");
        }

        WindowGeometry geometry = WindowGeometry.Of(node, Padded(x), w.Shape[2..]);
        WindowDescription window = Window(geometry, images, x);
        Draft draft = groups == images.Channels && w.Shape[0] == groups && groups > 1
            ? new DepthwiseDraft(node, x.Source, groups, window,
            Weights(w, geometry, images, groups: 1) is { } weight ? (row, tap) => weight(row, tap, 0) : null!)
            : new ConvDraft(node, x.Source, w.Shape[0], images.Channels, window, Grouped(matcher, node, w, geometry, images, groups));
        Flow flow = Placed(matcher, draft, x, images);
        if (node.Input(2).Length > 0)
        {
            Tensor bias = matcher.Constant(node, 2) ?? throw node.Fault("its biases are computed from the data, expected a constant.");
            double[] summands = bias.Count == w.Shape[0]
                ? bias.ToDoubles() : throw node.Fault($"{bias.Count} biases for {w.Shape[0]} filters.");
            draft.Scale([.. summands.Select(_ => 1.0)], summands);
        }

        return flow;
    }

    internal static Flow MaxPool(Matcher matcher, OnnxNode node)
    {
        if (node.Int("storage_order", 0) != 0)
        {
            throw node.Fault("attribute storage_order is 1, expected 0.");
        }

        Flow x = matcher.Read(node, 0);
        Images images = Images.Of(matcher, node, x);
        WindowGeometry geometry = WindowGeometry.Of(node, x.Shape[2..], Kernel(node));
        return Placed(matcher, new PlainDraft(node, x.Source, new MaxPoolingDescription(Window(geometry, images, x))), x, images);
    }

    internal static Flow AveragePool(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0, takesPads: true);
        Images images = Images.Of(matcher, node, x);
        WindowGeometry geometry = WindowGeometry.Of(node, Padded(x), Kernel(node));
        WindowDescription window = Window(geometry, images, x);
        bool countsPads = node.Int("count_include_pad", 0) != 0;
        if (x.Pads is null && (!geometry.HasPads || !countsPads))
        {
            return Placed(matcher, new PlainDraft(node, x.Source, new AveragePoolingDescription(window)), x, images);
        }

        if (geometry.Down.After != geometry.Down.SaidAfter || geometry.Across.After != geometry.Across.SaidAfter
            || (geometry.HasPads && !countsPads))
        {
            throw node.Fault("some zeros beyond the edges count and others do not, so that windows at the edge divide by other counts. "
                + "Save the model with ceil_mode 0, and all padding in the pool itself.");
        }

        double share = 1.0 / (geometry.Down.Kernel * geometry.Across.Kernel);
        matcher.Notes.Remark($"{node.Label}: its mean counts the zeros beyond the edges, so it became a depthwise convolution of equal "
            + "weights.");
        return Placed(matcher, new DepthwiseDraft(node, x.Source, images.Channels, window, (_, _) => share), x, images);
    }

    internal static Flow Pad(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        (int[] before, int[] after) = Reference.Shapes.PadsOf(node, x.Shape.Length, i => matcher.Constant(node, i));
        if (before.All(count => count == 0) && after.All(count => count == 0))
        {
            return x;
        }

        if (x.Shape.Length is not (3 or 4) || before[0] + after[0] + before[1] + after[1] > 0)
        {
            throw node.Fault($"pads {Dims.Words(before)} and {Dims.Words(after)} around {Dims.Words(x.Shape)}: only height and width of an "
                + "image, or the time of a signal, can be padded, (1, channels, ...).");
        }

        // The shape grows, the values do not: a convolution counts the zeros to its own.
        return x with { Pads = (before[2..], after[2..]) };
    }

    /// <summary>A window of all places.</summary>
    internal static WindowDescription Whole(Shape shape) =>
        new(shape.Height, shape.Width) { StrideAcross = 1, Padding = default(WindowPadding) };

    /// <summary>Height and width, or time, of what a window walks over, the zeros around it included.</summary>
    private static int[] Padded(Flow x) => x.Pads is (int[] before, int[] after)
        ? [.. before.Select((count, i) => x.Shape[2 + i] + count + after[i])] : x.Shape[2..];

    private static int[] Kernel(OnnxNode node) => node.Ints("kernel_shape") ?? throw node.Fault("attribute kernel_shape is missing.");

    private static Flow Placed(Matcher matcher, Draft draft, Flow x, Images images)
    {
        Flow flow = matcher.Add(draft, [], null, x);
        Shape shape = draft.Output;
        (int height, int width) = images.IsTurned ? (shape.Width, shape.Height) : (shape.Height, shape.Width);
        Images given = new(shape.Channels, height, width, images.IsTurned);
        return new Flow(x.Shape.Length == 3 ? [1, shape.Channels, height] : [1, shape.Channels, height, width], flow.Source, given.Map());
    }

    private static WindowDescription Window(WindowGeometry geometry, Images images, Flow x)
    {
        (int[] before, int[] after) = x.Pads ?? ([0, 0], [0, 0]);
        bool signal = x.Shape.Length == 3;
        (WindowGeometry.Side down, WindowGeometry.Side across) = signal
            ? (geometry.Across, geometry.Down) : (geometry.Down, geometry.Across);
        WindowPadding padding = new(
            down.Before + before[0], signal ? 0 : across.Before + before[1], down.After + after[0], signal ? 0 : across.After + after[1]);
        if (images.IsTurned)
        {
            (down, across) = (across, down);
            padding = new WindowPadding(padding.Left, padding.Above, padding.Right, padding.Below);
        }

        return new WindowDescription(down.Kernel, across.Kernel)
        {
            StrideDown = down.Stride,
            StrideAcross = across.Stride,
            DilationDown = down.Dilation,
            DilationAcross = across.Dilation,
            Padding = padding,
        };
    }

    private static Func<int, int, int, double> Grouped(
        Matcher matcher, OnnxNode node, Tensor w, WindowGeometry geometry, Images images, int groups)
    {
        if (groups > 1)
        {
            long all = (long)w.Count * groups;
            if (all > MostExpanded)
            {
                throw node.Fault($"attribute group is {groups}: as one convolution, with weights of 0 between groups, it would have "
                    + $"{all:#,0} weights, more than {MostExpanded:#,0}. Train it depthwise or without groups.");
            }

            matcher.Notes.Remark($"{node.Label}: its {groups} groups became one convolution with weights of 0 between groups: {all:#,0} "
                + $"weights instead of {w.Count:#,0}.");
        }

        return Weights(w, geometry, images, groups);
    }

    private static Func<int, int, int, double> Weights(Tensor w, WindowGeometry geometry, Images images, int groups)
    {
        int each = w.Shape[1];
        int filters = w.Shape[0] / groups;
        (int height, int width) = w.Shape.Length == 3 ? (w.Shape[2], 1) : (geometry.Down.Kernel, geometry.Across.Kernel);
        return (filter, tap, channel) =>
        {
            int from = channel - filter / filters * each;
            int at = images.IsTurned ? tap % height * width + tap / height : tap;
            return groups > 1 && (from < 0 || from >= each) ? 0 : w[(filter * each + from) * height * width + at];
        };
    }
}
