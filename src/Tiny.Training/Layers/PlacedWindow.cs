namespace Tiny.Training.Layers;

/// <summary>A window in its place: over a shape, with all that its walk depends on.</summary>
/// <param name="Input">What it walks over.</param>
/// <param name="Height">Taps down.</param>
/// <param name="Width">Taps across.</param>
/// <seealso cref="LayerDescription"/>
public sealed record PlacedWindow(Shape Input, int Height, int Width)
{
    /// <summary>Places from one window to the one below.</summary>
    public int StrideDown { get; init; } = 1;

    /// <summary>Places from one window to the one beside.</summary>
    public int StrideAcross { get; init; } = 1;

    /// <summary>Places from one tap to the one below.</summary>
    public int DilationDown { get; init; } = 1;

    /// <summary>Places from one tap to the one beside.</summary>
    public int DilationAcross { get; init; } = 1;

    /// <summary>Places beyond the edges.</summary>
    public WindowPadding Padding { get; init; }

    /// <summary>Taps in all.</summary>
    public int Taps => Height * Width;

    /// <summary>Windows down.</summary>
    public int OutputHeight => (Input.Height + Padding.Above + Padding.Below - Reach(Height, DilationDown)) / StrideDown + 1;

    /// <summary>Windows across.</summary>
    public int OutputWidth => (Input.Width + Padding.Left + Padding.Right - Reach(Width, DilationAcross)) / StrideAcross + 1;

    /// <summary>Windows in all.</summary>
    public int Places => OutputHeight * OutputWidth;

    /// <summary>The ten bytes that a blob says of it.</summary>
    public byte[] Attributes =>
    [
        (byte)Height, (byte)Width, (byte)StrideDown, (byte)StrideAcross, (byte)Padding.Above, (byte)Padding.Left, (byte)Padding.Below,
        (byte)Padding.Right, (byte)DilationDown,
        (byte)DilationAcross,
    ];

    /// <summary>All that arithmetic depends on, in words.</summary>
    internal string Words => string.Join(' ', Attributes);

    /// <summary>
    /// The same walk with rows and columns changed over where the input is one column: values
    /// stand in the same order, and inner loops are the longer ones.
    /// </summary>
    internal PlacedWindow Turned => Input.Width != 1 || Width != 1 || Padding.Left + Padding.Right > 0
        ? this
        : new PlacedWindow(new Shape(1, Input.Height, Input.Channels), 1, Height)
        {
            StrideAcross = StrideDown,
            DilationAcross = DilationDown,
            Padding = new WindowPadding(0, Padding.Above, 0, Padding.Below),
        };

    /// <summary>The taps of a window that lie within the edges, of those down: from the first on, and behind the last.</summary>
    internal (int From, int To) TapsDown(int row) => Inside(row * StrideDown - Padding.Above, Height, DilationDown, Input.Height);

    /// <summary>The same across.</summary>
    internal (int From, int To) TapsAcross(int column) => Inside(column * StrideAcross - Padding.Left, Width, DilationAcross, Input.Width);

    internal WindowPadding PaddingForSame()
    {
        int down = Total(Input.Height, Height, StrideDown, DilationDown);
        int across = Total(Input.Width, Width, StrideAcross, DilationAcross);
        return new WindowPadding(down / 2, across / 2, down - down / 2, across - across / 2);
    }

    /// <summary>Refuses what a device would refuse.</summary>
    /// <exception cref="ArgumentException">It does not fit, or is beyond what a blob can say.</exception>
    internal void Check()
    {
        int[] sizes = [Height, Width, StrideDown, StrideAcross, DilationDown, DilationAcross];
        int[] padding = [Padding.Above, Padding.Left, Padding.Below, Padding.Right];
        if (sizes.Any(size => size is < 1 or > byte.MaxValue) || padding.Any(places => places is < 0 or > byte.MaxValue))
        {
            throw new ArgumentException(
                $"a window of {Height} x {Width} "
                    + $"by {StrideDown} x {StrideAcross}: sizes, strides and dilations are from 1 to 255, padding from 0 to 255.");
        }

        int high = Reach(Height, DilationDown);
        int wide = Reach(Width, DilationAcross);
        if (high > Input.Height + Padding.Above + Padding.Below || wide > Input.Width + Padding.Left + Padding.Right)
        {
            throw new ArgumentException(
                $"a window of {high} x {wide} does not fit into {Input.Height} x {Input.Width}. Take a smaller one, or padding same.");
        }

        if (padding[0] >= high || padding[2] >= high || padding[1] >= wide || padding[3] >= wide)
        {
            throw new ArgumentException(
                $"a padding of {string.Join(", ", padding)} is as large as the window "
                    + $"of {high} x {wide}, which would lie outside altogether.");
        }
    }

    private static int Reach(int taps, int dilation) => (taps - 1) * dilation + 1;

    private static int Total(int size, int taps, int stride, int dilation) =>
        Math.Max(((size + stride - 1) / stride - 1) * stride + Reach(taps, dilation) - size, 0);

    private static (int From, int To) Inside(int first, int taps, int dilation, int size)
    {
        int from = first >= 0 ? 0 : (-first + dilation - 1) / dilation;
        int to = first >= size ? 0 : Math.Min(taps, (size - 1 - first) / dilation + 1);
        return (from, Math.Max(from, to));
    }
}
