using Tiny.Training.Matrices;

namespace Tiny.Training.Layers;

/// <summary>
/// The taps within the edges of every window, found once: where each stands in a group of samples in <see cref="Lanes"/>.
/// </summary>
internal sealed class WindowWalk
{
    private readonly Tap[] taps;
    private readonly int[] begins; // of each place's taps, and their end

    internal WindowWalk(PlacedWindow window)
    {
        OutputHeight = window.OutputHeight;
        OutputWidth = window.OutputWidth;
        List<Tap> all = [];
        begins = new int[Places + 1];
        for (int place = 0; place < Places; place++)
        {
            AddTaps(all, window, place / OutputWidth, place % OutputWidth);
            begins[place + 1] = all.Count;
        }

        taps = [.. all];
        IsOnce = all.Select(tap => tap.At).Distinct().Count() == all.Count;
        IsWhole = IsOnce && all.Count == window.Input.Height * window.Input.Width;
        RowsAreApart = IsWhole && window is { DilationDown: 1, DilationAcross: 1 };
    }

    /// <summary>Whether no place is under two windows.</summary>
    internal bool IsOnce { get; }

    /// <summary>Whether every place is under just one window.</summary>
    internal bool IsWhole { get; }

    /// <summary>Whether every place is under just one window, and what a row of windows reads lies between what others do.</summary>
    internal bool RowsAreApart { get; }

    /// <summary>Windows down.</summary>
    internal int OutputHeight { get; }

    /// <summary>Windows across.</summary>
    internal int OutputWidth { get; }

    /// <summary>Windows in all.</summary>
    internal int Places => OutputHeight * OutputWidth;

    /// <summary>The taps of a window, row by row.</summary>
    internal ReadOnlySpan<Tap> TapsOf(int row, int column) => TapsOf(row * OutputWidth + column);

    /// <summary>The same by the window's number.</summary>
    internal ReadOnlySpan<Tap> TapsOf(int place) => taps.AsSpan(begins[place], begins[place + 1] - begins[place]);

    private static void AddTaps(List<Tap> all, PlacedWindow window, int row, int column)
    {
        (int up, int down) = window.TapsDown(row);
        (int left, int right) = window.TapsAcross(column);
        for (int i = up; i < down; i++)
        {
            int y = row * window.StrideDown - window.Padding.Above + i * window.DilationDown;
            for (int j = left; j < right; j++)
            {
                int x = column * window.StrideAcross - window.Padding.Left + j * window.DilationAcross;
                all.Add(new Tap(i * window.Width + j, (y * window.Input.Width + x) * window.Input.Channels * Lanes.Width));
            }
        }
    }

    /// <summary>A tap of a window.</summary>
    /// <param name="Number">Which.</param>
    /// <param name="At">Where in a group its first channel stands.</param>
    internal readonly record struct Tap(int Number, int At);
}
