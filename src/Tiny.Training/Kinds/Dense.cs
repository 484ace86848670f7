using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of dense layers, of weights of any form.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="name">Its name.</param>
/// <param name="weights">How weights are stored.</param>
internal sealed class Dense(int code, string name, string weights) : DeskKind(code, name)
{
    /// <inheritdoc/>
    public override string Weights { get; } = weights;

    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => layer.Activation();

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => layer.ActivationParameter();

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => (long)layer.Inputs * layer.Rows();

    /// <inheritdoc/>
    public override int RoomOf(Layer layer) => layer.Rows();

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer)
    {
        float[] parameters = layer.Parameters();
        return [.. parameters.Chunk(1 + layer.Inputs).Select(row => row[1..])];
    }
}
