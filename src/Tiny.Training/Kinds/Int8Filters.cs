using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of convolutions with int8 weights.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="name">Its name.</param>
internal sealed class Int8Filters(int code, string name) : DeskKind(code, name)
{
    /// <inheritdoc/>
    public override string Weights => "int8";

    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => ((FilterLayer)layer).Activation;

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => ((FilterLayer)layer).ActivationParameter;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer)
    {
        int[] window = ((FilterLayer)layer).Window;
        return (long)window[ByteWindow.OutputHeight] * window[ByteWindow.OutputWidth] * (layer.ParameterCount - Filters(layer));
    }

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer) =>
        [.. layer.Parameters().Chunk(layer.ParameterCount / Filters(layer)).Select(filter => filter[1..])];

    /// <inheritdoc/>
    public override Picture? UnitShapeOf(Layer layer)
    {
        int[] window = ((FilterLayer)layer).Window;
        return new Picture(window[ByteWindow.Height], window[ByteWindow.Width],
            (layer.ParameterCount / Filters(layer) - 1) / (window[ByteWindow.Height] * window[ByteWindow.Width]));
    }

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer)
    {
        int[] window = ((FilterLayer)layer).Window;
        int pool = ((FilterLayer)layer).Pool;
        return new Picture(window[ByteWindow.OutputHeight] / pool, window[ByteWindow.OutputWidth] / pool, Filters(layer));
    }

    private static int Filters(Layer layer)
    {
        FilterLayer filters = (FilterLayer)layer;
        return layer.Outputs / (filters.Window[ByteWindow.OutputHeight] / filters.Pool
            * (filters.Window[ByteWindow.OutputWidth] / filters.Pool));
    }
}
