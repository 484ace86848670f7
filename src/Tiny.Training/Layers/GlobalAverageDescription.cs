namespace Tiny.Training.Layers;

/// <summary>The mean of each channel over all places.</summary>
/// <seealso cref="LayerDescription"/>
public sealed record GlobalAverageDescription : LayerDescription
{
    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new GlobalAverage(OnlyOne(inputs), Dropout);
}
