using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of gated recurrent units.</summary>
internal sealed class Gru : DeskKind
{
    internal Gru()
        : base(Recurrence.Gru.GruCode, "gru")
    {
        Assembly = "Tiny.Recurrence";
    }

    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => Activation.Tanh;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer)
    {
        GruLayer gru = (GruLayer)layer;
        return (long)(gru.Inputs / gru.Channels) * gru.Units * (3L * gru.Channels + 3L * gru.Units);
    }

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer) => ((GruLayer)layer) is { GivesEvery: true } gru ? new Picture(gru.Inputs / gru.Channels, 1, gru.Units) : null;

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer)
    {
        GruLayer gru = (GruLayer)layer;
        return [.. layer.Parameters().Take(2 * gru.Units * (1 + gru.Channels + gru.Units)).Chunk(1 + gru.Channels + gru.Units).Select(row => row[1..])];
    }
}
