namespace Tiny.Convolution.Tests;

/// <summary>
/// A layer's shape and window, at odd sizes: one place, kernels larger than what they read,
/// strides over kernels, one channel and 17, uneven padding, dilation.
/// </summary>
/// <param name="Height">Rows read.</param>
/// <param name="Width">Columns read.</param>
/// <param name="Channels">Channels read.</param>
/// <param name="Down">Taps down.</param>
/// <param name="Across">Taps across.</param>
/// <param name="StrideDown">Stride down.</param>
/// <param name="StrideAcross">Stride across.</param>
/// <param name="Above">Padding above.</param>
/// <param name="Left">Padding left.</param>
/// <param name="Below">Padding below.</param>
/// <param name="Right">Padding right.</param>
/// <param name="DilationDown">Dilation down.</param>
/// <param name="DilationAcross">Dilation across.</param>
public sealed record Sizes(
    int Height, int Width, int Channels, int Down, int Across, int StrideDown = 1, int StrideAcross = 1, int Above = 0, int Left = 0,
    int Below = 0, int Right = 0, int DilationDown = 1,
    int DilationAcross = 1)
{
    public static readonly Sizes[] Odd =
    [
        new(1, 1, 1, 1, 1), new(5, 1, 1, 3, 1), new(5, 5, 1, 3, 3), new(6, 7, 3, 3, 2), new(4, 4, 17, 2, 2, 2, 2),
        new(2, 2, 2, 5, 5, 1, 1, 2, 2, 2, 2),
        new(7, 6, 2, 2, 2, 3, 3), new(5, 5, 4, 3, 3, 1, 1, 1, 1, 1, 1), new(6, 6, 2, 3, 3, 2, 2, 0, 0, 1, 1),
        new(9, 8, 2, 3, 3, 1, 2, 2, 1, 0, 3, 2, 2), new(20, 1, 3, 5, 1, 2, 1, 2, 0, 2, 0),
    ];

    public int Values => Height * Width * Channels;

    public int OutputHeight => (Height + Above + Below - (Down - 1) * DilationDown - 1) / StrideDown + 1;

    public int OutputWidth => (Width + Left + Right - (Across - 1) * DilationAcross - 1) / StrideAcross + 1;

    public byte[] Attributes => [(byte)Down, (byte)Across, (byte)StrideDown, (byte)StrideAcross, (byte)Above, (byte)Left, (byte)Below,
        (byte)Right, (byte)DilationDown, (byte)DilationAcross];

    /// <summary>Where the values under a window stand: a place for each tap inside, with the tap's number.</summary>
    public IEnumerable<(int Tap, int Place)> Under(int row, int column)
    {
        for (int tap = 0; tap < Down * Across; tap++)
        {
            int y = row * StrideDown - Above + tap / Across * DilationDown;
            int x = column * StrideAcross - Left + tap % Across * DilationAcross;
            if (y >= 0 && y < Height && x >= 0 && x < Width)
            {
                yield return (tap, y * Width + x);
            }
        }
    }
}
