using Tiny.Core.Activations;
using Tiny.Core.Layers;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of FastGRNN units, of weights of any form.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="weights">How weights are stored.</param>
internal sealed class FastGrnn(int code, string weights) : Recurrent(code, "fastgrnn")
{
    /// <inheritdoc/>
    public override string Weights { get; } = weights;

    /// <inheritdoc/>
    protected override int Products => 1;

    /// <inheritdoc/>
    protected override int Rows => 1;

    /// <summary>None where gates do not come of the core's table.</summary>
    public override Activation? ActivationOf(Layer layer) => IsInt8 ? null : base.ActivationOf(layer);
}
