namespace Tiny.Training.Layers;

/// <summary>The largest value under a window, of each channel.</summary>
/// <param name="Window">The window.</param>
/// <seealso cref="LayerDescription"/>
public sealed record MaxPoolingDescription(WindowDescription Window) : LayerDescription
{
    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new MaxPooling(Window.Over(OnlyOne(inputs)), Dropout);
}
