using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Recurrence;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of gated recurrent units, of weights of any form.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="weights">How weights are stored.</param>
internal sealed class Gru(int code, string weights) : Recurrent(code, "gru")
{
    /// <inheritdoc/>
    public override string Weights { get; } = weights;

    /// <inheritdoc/>
    protected override int Products => 3;

    /// <inheritdoc/>
    protected override int Rows => 2;

    /// <summary>None where gates do not come of the core's table.</summary>
    public override Activation? ActivationOf(Layer layer) => IsInt8 || layer is GruLayer { IsExact: true }
        ? null : base.ActivationOf(layer);

    /// <inheritdoc/>
    public override float[][]? UnitsOf(Layer layer) => IsInt8 ? null : base.UnitsOf(layer);
}
