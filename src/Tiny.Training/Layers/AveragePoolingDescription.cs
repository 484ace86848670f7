namespace Tiny.Training.Layers;

/// <summary>The mean of the values under a window, of each channel.</summary>
/// <param name="Window">The window.</param>
/// <seealso cref="LayerDescription"/>
public sealed record AveragePoolingDescription(WindowDescription Window) : LayerDescription
{
    /// <inheritdoc/>
    public override bool TakesShape => true;

    /// <inheritdoc/>
    public override TrainingLayer Create(IReadOnlyList<Shape> inputs) => new AveragePooling(Window.Over(OnlyOne(inputs)), Dropout);
}
