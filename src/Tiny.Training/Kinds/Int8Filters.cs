using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Core.Layers;

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
        ByteWindow window = ((FilterLayer)layer).Window;
        int filters = layer.Outputs / (window.OutputHeight / ((FilterLayer)layer).Pool * (window.OutputWidth / ((FilterLayer)layer).Pool));
        return (long)window.OutputHeight * window.OutputWidth * (layer.ParameterCount - filters);
    }

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer)
    {
        ByteWindow window = ((FilterLayer)layer).Window;
        int pool = ((FilterLayer)layer).Pool;
        return new Picture(window.OutputHeight / pool, window.OutputWidth / pool, layer.Outputs / (window.OutputHeight / pool * (window.OutputWidth / pool)));
    }
}
