using Tiny.Convolution;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// What the source of convolutions has in common: the input with places of 0 around it where
/// windows reach beyond the edges, and the walk over it.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="number">The layer's number, which makes names unlike those of others.</param>
internal sealed class WindowSource(Window window, int number)
{
    private readonly int height = Math.Max(window.InputHeight + window.Above,
        (window.OutputHeight - 1) * window.StrideDown + (window.Height - 1) * window.DilationDown + 1);
    private readonly int width = Math.Max(window.InputWidth + window.Left,
        (window.OutputWidth - 1) * window.StrideAcross + (window.Width - 1) * window.DilationAcross + 1);

    private bool IsPadded => height != window.InputHeight || width != window.InputWidth;

    private string Padded => $"padded{number}";

    /// <summary>Where a value under a window stands, from the window's first: taps row by row, their channels beside each other.</summary>
    internal int Offset(int value)
    {
        int tap = value / window.Channels;
        return (tap / window.Width * window.DilationDown * width + tap % window.Width * window.DilationAcross) * window.Channels
            + value % window.Channels;
    }

    /// <summary>Writes the field of the padded input.</summary>
    internal void Fields(CSharpText text)
    {
        if (IsPadded)
        {
            text.Line($"private static readonly float[] {Padded} = new float[{height * width * window.Channels}];");
        }
    }

    /// <summary>Writes a method that goes through all windows: from x, at is where one begins, to where what it gives goes in z.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="channels">Values given at a place.</param>
    /// <param name="place">Writes what is done at a place.</param>
    internal void Walk(CSharpText text, string name, int channels, Action place)
    {
        text.Blank();
        text.Block($"private static void {name}(float[] x, float[] z)", () =>
        {
            Pad(text);
            text.Line("int to = 0;");
            text.Block($"for (int row = 0; row < {window.OutputHeight}; row++)", () =>
            {
                text.Line($"int at = row * {window.StrideDown * width * window.Channels};");
                text.Block($"for (int column = 0; column < {window.OutputWidth}; column++)", () =>
                {
                    place();
                    text.Line($"at += {window.StrideAcross * window.Channels};");
                    text.Line($"to += {channels};");
                });
            });
        });
    }

    private void Pad(CSharpText text)
    {
        if (!IsPadded)
        {
            return;
        }

        int row = window.InputWidth * window.Channels;
        int pitch = width * window.Channels;
        text.Block($"for (int i = 0; i < {window.InputHeight}; i++)", () =>
            text.Line($"Array.Copy(x, i * {row}, {Padded}, i * {pitch} + {window.Above * pitch + window.Left * window.Channels}, {row});"));
        text.Blank();
        text.Line($"x = {Padded};");
    }
}
