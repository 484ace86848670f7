namespace Tiny.Training.Layers;

/// <summary>
/// The window of a convolution or a pool, before it is known over what it walks. Of a signal,
/// whose width is 1, only what is said of down counts.
/// </summary>
/// <param name="Height">Taps down.</param>
/// <param name="Width">Taps across an image; null for as many as down.</param>
/// <seealso cref="LayerDescription"/>
public sealed record WindowDescription(int Height, int? Width = null)
{
    /// <summary>Places from one window to the one below.</summary>
    public int StrideDown { get; init; } = 1;

    /// <summary>Places from one window to the one beside; null for as many as down.</summary>
    public int? StrideAcross { get; init; }

    /// <summary>Places from one tap to the one below.</summary>
    public int DilationDown { get; init; } = 1;

    /// <summary>Places from one tap to the one beside.</summary>
    public int DilationAcross { get; init; } = 1;

    /// <summary>
    /// Whether windows stay within the edges; else there are ceil(size / stride) of them and what
    /// they reach beyond is shared out, the smaller half in front.
    /// </summary>
    public bool IsValid { get; init; }

    /// <summary>Places beyond the edges, where they are said one by one and not by <see cref="IsValid"/>.</summary>
    public WindowPadding? Padding { get; init; }

    /// <summary>The window over a shape.</summary>
    /// <exception cref="ArgumentException">It does not fit there, or is beyond what a blob can say.</exception>
    public PlacedWindow Over(Shape input)
    {
        bool signal = input.Width == 1;
        if (signal && Width is > 1 && Padding is null)
        {
            throw new ArgumentException($"a window of {Height} x {Width} over a signal, which has one column. Say one size.");
        }

        PlacedWindow window = new(input, Height, signal && Width is null ? 1 : Width ?? Height)
        {
            StrideDown = StrideDown,
            StrideAcross = signal && StrideAcross is null ? 1 : StrideAcross ?? StrideDown,
            DilationDown = DilationDown,
            DilationAcross = DilationAcross,
        };
        window = window with { Padding = Padding ?? (IsValid ? default : window.PaddingForSame()) };
        window.Check();
        return window;
    }
}
