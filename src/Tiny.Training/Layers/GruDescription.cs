namespace Tiny.Training.Layers;

/// <summary>Gated recurrent units that are to be.</summary>
/// <param name="Units">How many.</param>
public sealed record GruDescription(int Units) : LayerDescription
{
    /// <summary>Whether they give their state after every sample, for another recurrent layer behind them; else the last.</summary>
    public bool GivesEvery { get; init; }

    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new Gru(this, OnlyOne(inputs));
}
