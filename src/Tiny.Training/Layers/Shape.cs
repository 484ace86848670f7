namespace Tiny.Training.Layers;

/// <summary>
/// What values at one place of a network stand for: height x width x channels, channels last.
/// A signal is time x 1 x channels, a vector 1 x 1 x n.
/// </summary>
/// <param name="Height">Rows of an image, or samples of a signal.</param>
/// <param name="Width">Columns of an image; 1 for a signal or a vector.</param>
/// <param name="Channels">Values at each place.</param>
/// <seealso cref="LayerDescription"/>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    /// <summary>Values in all.</summary>
    public int Values => Height * Width * Channels;

    /// <summary>A vector.</summary>
    /// <param name="values">Values, 1 or more.</param>
    public static Shape Vector(int values) => new(1, 1, values);
}
