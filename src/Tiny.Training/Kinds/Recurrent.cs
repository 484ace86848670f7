using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Recurrence;
using Tiny.Training.Streaming;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of recurrent layers, which stream by themselves.</summary>
internal abstract class Recurrent : DeskKind
{
    /// <summary>A kind.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="name">Its name.</param>
    protected Recurrent(int code, string name)
        : base(code, name)
    {
        Streamer = new RecurrentStreamer();
    }

    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => Activation.Tanh;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => (long)StepsOf(layer) * ((RecurrentLayer)layer).Units * Products
        * (((RecurrentLayer)layer).Channels + ((RecurrentLayer)layer).Units);

    /// <inheritdoc/>
    public override Picture? ShapeOf(Layer layer) => layer is RecurrentLayer { GivesEvery: true } recurrent
        ? new Picture(StepsOf(layer), 1, recurrent.Units) : null;

    /// <inheritdoc/>
    public override float[][]? UnitsOf(Layer layer)
    {
        RecurrentLayer recurrent = (RecurrentLayer)layer;
        int row = 1 + recurrent.Channels + recurrent.Units;
        return [.. layer.Parameters().Take(Rows * recurrent.Units * row).Chunk(row).Select(weights => weights[1..])];
    }

    /// <summary>Products of sample and state that a unit takes.</summary>
    protected abstract int Products { get; }

    /// <summary>Rows of a bias, the channels and the states that stand in front of a unit's weights.</summary>
    protected abstract int Rows { get; }

    private static int StepsOf(Layer layer) => layer.Inputs / ((RecurrentLayer)layer).Channels;
}
