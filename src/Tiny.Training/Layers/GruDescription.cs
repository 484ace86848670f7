namespace Tiny.Training.Layers;

/// <summary>Gated recurrent units that are to be.</summary>
/// <param name="Units">How many.</param>
public sealed record GruDescription(int Units) : RecurrentDescription(Units)
{
    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Gru(this, OnlyOne(inputs));
}
