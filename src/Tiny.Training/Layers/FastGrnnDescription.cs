namespace Tiny.Training.Layers;

/// <summary>FastGRNN units that are to be: a third of the weights of gated recurrent units.</summary>
/// <param name="Units">How many.</param>
/// <seealso cref="LayerDescription"/>
public sealed record FastGrnnDescription(int Units) : RecurrentDescription(Units)
{
    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new FastGrnn(this, OnlyOne(inputs));
}
