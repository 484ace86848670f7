using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Training.Export.CSharp;

namespace Tiny.TestKind.Tests.Export;

/// <summary>Layers that scale each channel as C# source.</summary>
public sealed class ChannelScale : LayerSource
{
    public override long BytesOf(Layer layer) => 20L * layer.ParameterCount;

    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : SourcePart
    {
        public override void Call(CSharpText text, string x, string z) => text.Line($"Scale{context.First}({x}, {z});");

        public override void Methods(CSharpText text)
        {
            text.Blank();
            text.Block($"private static void Scale{context.First}(float[] x, float[] z)", () =>
            {
                float[] weights = context.Layers[0].Parameters();
                for (int i = 0; i < weights.Length; i++)
                {
                    text.Line($"z[{i}] = x[{i}] * {CSharpText.Float(weights[i])};");
                }
            });
        }
    }
}
