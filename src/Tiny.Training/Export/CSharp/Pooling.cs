using Tiny.Convolution;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>Max and average pooling as source: loops over windows and the taps inside the edges, as the core has them.</summary>
internal sealed class Pooling : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => 250;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : SourcePart
    {
        private readonly WindowLayer layer = (WindowLayer)context.Layers[0];

        public override void Call(CSharpText text, string x, string z) => text.Line($"Pool{context.First}({x}, {z});");

        public override void Methods(CSharpText text)
        {
            Window w = layer.Window;
            text.Blank();
            text.Block($"private static void Pool{context.First}(float[] x, float[] z)", () =>
            {
                text.Line("int to = 0;");
                text.Block($"for (int row = 0; row < {w.OutputHeight}; row++)", () =>
                    text.Block($"for (int column = 0; column < {w.OutputWidth}; column++)", () =>
                    {
                        Place(text, w, layer is MaxPoolingLayer);
                        text.Line($"to += {w.Channels};");
                    }));
            });
        }

        private static void Place(CSharpText text, Window w, bool max)
        {
            text.Line("int taps = 0;");
            text.Block($"for (int tap = 0; tap < {w.Taps}; tap++)", () =>
            {
                text.Line($"int y = row * {w.StrideDown} - {w.Above} + tap / {w.Width} * {w.DilationDown};");
                text.Line($"int at = column * {w.StrideAcross} - {w.Left} + tap % {w.Width} * {w.DilationAcross};");
                text.Block($"if (y >= 0 && y < {w.InputHeight} && at >= 0 && at < {w.InputWidth})", () =>
                {
                    text.Line($"at = (y * {w.InputWidth} + at) * {w.Channels};");
                    text.Block($"for (int channel = 0; channel < {w.Channels}; channel++)", () =>
                    {
                        text.Line("float value = x[at + channel];");
                        text.Line(max
                            ? "if (taps == 0 || value > z[to + channel]) z[to + channel] = value;"
                            : "z[to + channel] = taps == 0 ? 0f + value : z[to + channel] + value;");
                    });
                    text.Blank();
                    text.Line("taps++;");
                });
            });
            text.Blank();
            if (!max)
            {
                text.Line("float factor = 1f / taps;");
                text.Block($"for (int channel = 0; channel < {w.Channels}; channel++)", () => text.Line("z[to + channel] *= factor;"));
                text.Blank();
            }
        }
    }
}
