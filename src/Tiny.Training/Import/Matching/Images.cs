using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Images and signals as the graph has them, channels in front, in the values that the model has, channels last.</summary>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows; of a signal its time.</param>
/// <param name="Width">Columns.</param>
/// <param name="IsTurned">Whether the model has rows and columns changed over, so that a signal goes down.</param>
internal readonly record struct Images(int Channels, int Height, int Width, bool IsTurned)
{
    /// <summary>What a node reads as an image or a signal.</summary>
    /// <exception cref="ImportException">It is none, or its values lie otherwise.</exception>
    internal static Images Of(Matcher matcher, OnnxNode node, Flow flow)
    {
        (int channels, int[] places) = Reference.Windows.Places(node, flow.Shape);
        (int height, int width) = (places[0], places.Length == 1 ? 1 : places[1]);
        if (flow.Source is null && matcher.Sample.Bound is null)
        {
            Bind(matcher.Sample, flow);
        }

        Shape shape = matcher.ShapeOf(flow);
        foreach (bool turned in new[] { false, true })
        {
            Images images = new(channels, height, width, turned);
            if (shape == images.Shape && images.Fit(matcher, flow))
            {
                return images;
            }
        }

        throw node.Fault($"reads the shape {Dims.Words(flow.Shape)} of a layer that gives {shape.Height} "
                + $"x {shape.Width} x {shape.Channels}: between them values are reshaped or moved as no layer here does.");
    }

    /// <summary>Height, width and channels in the model.</summary>
    internal Shape Shape => IsTurned ? new Shape(Width, Height, Channels) : new Shape(Height, Width, Channels);

    /// <summary>Where an element stands in the model.</summary>
    internal int Place(int element)
    {
        int column = element % Width;
        int row = element / Width % Height;
        return (IsTurned ? column * Height + row : row * Width + column) * Channels + element / (Width * Height);
    }

    /// <summary>(elements) where each stands in the model.</summary>
    internal int[] Map()
    {
        int[] map = new int[Channels * Height * Width];
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = Place(i);
        }

        return map;
    }

    /// <summary>Decides that the sample is the image that a tensor holds.</summary>
    internal static void Bind(Sample sample, Flow flow)
    {
        (int height, int width) = (flow.Shape[2], flow.Shape.Length == 3 ? 1 : flow.Shape[3]);
        Images images = new(flow.Shape[1], height, width, height == 1 && width > 1);
        int[] order = new int[flow.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[flow.Origin(i)] = images.Place(i);
        }

        sample.Bind(images.Shape, order);
    }

    private bool Fit(Matcher matcher, Flow flow)
    {
        for (int i = 0; i < flow.Count; i++)
        {
            if (matcher.Place(flow, i) != Place(i))
            {
                return false;
            }
        }

        return true;
    }
}
