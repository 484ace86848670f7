namespace Tiny.Training.Layers;

/// <summary>Gated recurrent units that are to be.</summary>
/// <param name="Units">How many.</param>
/// <seealso cref="LayerDescription"/>
public sealed record GruDescription(int Units) : RecurrentDescription(Units)
{
    /// <summary>
    /// Whether the device computes their gates by exponentials, as what was trained elsewhere has
    /// them, and does not read them from the table.
    /// </summary>
    public bool IsExact { get; init; }

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Gru(this, OnlyOne(inputs));
}
