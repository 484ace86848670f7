using Tiny.Convolution;

namespace Tiny.Training.Kinds;

/// <summary>Values that a report can show as pictures, one for each channel.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Values at each place.</param>
/// <seealso cref="DeskKinds"/>
public sealed record Picture(int Height, int Width, int Channels)
{
    /// <summary>What a window's layer gives.</summary>
    internal static Picture Of(Window window, int channels) => new(window.OutputHeight, window.OutputWidth, channels);
}
