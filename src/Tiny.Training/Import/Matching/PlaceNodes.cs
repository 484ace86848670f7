using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Import.Reference;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Means and largest values over all places of an image or a signal.</summary>
internal static class PlaceNodes
{
    internal static Flow GlobalAverage(Matcher matcher, OnnxNode node) =>
        OverPlaces(matcher, node, SpatialAxes(matcher, node), keeps: true, isMax: false);

    internal static Flow GlobalMax(Matcher matcher, OnnxNode node) =>
        OverPlaces(matcher, node, SpatialAxes(matcher, node), keeps: true, isMax: true);

    internal static Flow Mean(Matcher matcher, OnnxNode node) =>
        OverPlaces(matcher, node, AxesOf(matcher, node), Keeps(node), isMax: false);

    internal static Flow Sum(Matcher matcher, OnnxNode node)
    {
        int count = matcher.Read(node, 0).Count;
        Flow mean = OverPlaces(matcher, node, AxesOf(matcher, node), Keeps(node), isMax: false);
        return ElementNodes.Scaled(matcher, node, mean, (double)count / mean.Count, 0);
    }

    internal static Flow Max(Matcher matcher, OnnxNode node) => Maxout(matcher, node)
        ?? OverPlaces(matcher, node, AxesOf(matcher, node), Keeps(node), isMax: true);

    private static bool Keeps(OnnxNode node) => node.Int("keepdims", 1) != 0;

    private static int[] SpatialAxes(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        Windows.Places(node, x.Shape);
        return [.. Enumerable.Range(2, x.Shape.Length - 2)];
    }

    private static int[] AxesOf(Matcher matcher, OnnxNode node) =>
        Reductions.AxesOf(node, matcher.Read(node, 0).Shape.Length,
        node.Input(1).Length > 0 ? matcher.Constant(node, 1) ?? throw node.Fault("its axes are computed from the data.") : null);

    private static Flow OverPlaces(Matcher matcher, OnnxNode node, int[] axes, bool keeps, bool isMax)
    {
        Flow x = matcher.Read(node, 0);
        (int[] shape, int[] to) = Reductions.Targets(OnnxNode.Of("", "", 1, [], "").With("keepdims", keeps ? 1 : 0), x.Shape, axes);
        Shape read = matcher.ShapeOf(x);
        int[] channels = [.. Enumerable.Repeat(-1, (int)Dims.Count(shape))];
        for (int i = 0; i < x.Count; i++)
        {
            int channel = matcher.Place(x, i) % read.Channels;
            channels[to[i]] = channels[to[i]] == -1 || channels[to[i]] == channel ? channel : -2;
        }

        if (channels.Length != read.Channels || channels.Any(channel => channel < 0))
        {
            throw node.Fault($"reduces {Dims.Words(x.Shape)} over axes {Dims.Words(axes)}: only all places of an image or a signal, "
                + $"{read.Height} x {read.Width}, can be taken together, channel by channel.");
        }

        LayerDescription description = isMax ? new MaxPoolingDescription(WindowNodes.Whole(read)) : new GlobalAverageDescription();
        return matcher.Add(new PlainDraft(node, x.Source, description), shape, channels, x);
    }

    /// <summary>The larger of each two neighboring sums of a dense layer: its activation is maxout.</summary>
    private static Flow? Maxout(Matcher matcher, OnnxNode node)
    {
        Flow x = matcher.Read(node, 0);
        int[] axes = AxesOf(matcher, node);
        if (x is not { Source: DenseDraft { IsFrozen: false, TakesActivation: true } dense, Map: null } || axes.Length != 1
            || axes[0] != x.Shape.Length - 1 || x.Shape[^1] != 2)
        {
            return null;
        }

        dense.Function = Activation.Maxout;
        dense.Output = Shape.Vector(dense.Rows / 2);
        matcher.Notes.Step($"{node.Label}: maxout of the dense layer before");
        return new Flow(Reductions.Targets(node, x.Shape, axes).Shape, dense, null);
    }
}
