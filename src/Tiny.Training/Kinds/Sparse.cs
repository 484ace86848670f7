using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Pruning;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of layers of which only some weights are there.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="weights">How weights are stored.</param>
internal sealed class Sparse(int code, string weights) : DeskKind(code, "sparse")
{
    /// <inheritdoc/>
    public override string Weights { get; } = weights;

    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => layer.Activation();

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => layer.ActivationParameter();

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => layer.ParameterCount - layer.Rows();

    /// <inheritdoc/>
    public override int RoomOf(Layer layer) => layer.Rows();

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer) => SparseWeights.Of(layer);
}
