using Tiny.Convolution.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>Max and average pooling of bytes as source.</summary>
/// <param name="layer">The layer.</param>
/// <param name="number">Its number.</param>
internal sealed class Int8PoolStage(Int8PoolingLayer layer, int number) : Int8Stage(number)
{
    /// <inheritdoc/>
    internal override int GivenZero => layer.GivenZero;

    /// <inheritdoc/>
    internal override void Fields(CSharpText text) => text.Line($"private static readonly byte[] {To} = new byte[{layer.Outputs}];");

    /// <inheritdoc/>
    internal override void Call(CSharpText text, string z) => text.Line($"Pool{Number}({From}, {To});");

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        int[] w = layer.Window;
        bool max = layer.Kind == Int8Pooling.MaxCode;
        text.Blank();
        text.Block($"private static void Pool{Number}(byte[] x, byte[] z)", () =>
        {
            text.Line("int to = 0;");
            text.Block($"for (int row = 0; row < {w[ByteWindow.OutputHeight]}; row++)",
                () => text.Block($"for (int column = 0; column < {w[ByteWindow.OutputWidth]}; column++)", () =>
                text.Block($"for (int channel = 0; channel < {w[ByteWindow.Channels]}; channel++)", () => Window(text, w, max))));
        });
    }

    private static void Window(CSharpText text, int[] w, bool max)
    {
        text.Line("int taps = 0;");
        text.Line("int all = 0;");
        text.Block($"for (int tap = 0; tap < {w[ByteWindow.Height] * w[ByteWindow.Width]}; tap++)", () =>
        {
            text.Line($"int y = row * {w[ByteWindow.StrideDown]} "
                + $"- {w[ByteWindow.Above]} + tap / {w[ByteWindow.Width]} * {w[ByteWindow.DilationDown]};");
            text.Line($"int at = column * {w[ByteWindow.StrideAcross]} "
                + $"- {w[ByteWindow.Left]} + tap % {w[ByteWindow.Width]} * {w[ByteWindow.DilationAcross]};");
            text.Block($"if (y >= 0 && y < {w[ByteWindow.InputHeight]} && at >= 0 && at < {w[ByteWindow.InputWidth]})", () =>
            {
                text.Line($"int value = x[(y * {w[ByteWindow.InputWidth]} + at) * {w[ByteWindow.Channels]} + channel];");
                text.Line(max ? "all = value > all ? value : all;" : "all += value;");
                text.Line("taps++;");
            });
        });
        text.Blank();
        text.Line(max ? "z[to++] = (byte)all;" : "z[to++] = (byte)((2 * all + taps) / (2 * taps));");
    }
}
