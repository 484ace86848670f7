using Tiny.Convolution;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>The global average as source.</summary>
internal sealed class GlobalAverage : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => 60;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : SourcePart
    {
        public override void Call(CSharpText text, string x, string z) => text.Line($"Average{context.First}({x}, {z});");

        public override void Methods(CSharpText text)
        {
            GlobalAverageLayer layer = (GlobalAverageLayer)context.Layers[0];
            text.Blank();
            text.Block($"private static void Average{context.First}(float[] x, float[] z)", () =>
                text.Block($"for (int channel = 0; channel < {layer.Outputs}; channel++)", () =>
                {
                    text.Line("float sum = 0f;");
                    text.Block($"for (int at = channel; at < {layer.Inputs}; at += {layer.Outputs})", () => text.Line("sum += x[at];"));
                    text.Blank();
                    text.Line($"z[channel] = sum * {CSharpText.Float(layer.Factor)};");
                }));
        }
    }
}
