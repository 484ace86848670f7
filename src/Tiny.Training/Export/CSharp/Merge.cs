using Tiny.Convolution;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>Where two branches meet as source: a sum, or channels beside each other.</summary>
internal sealed class Merge : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => 100;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part(SourceContext context) : SourcePart
    {
        private readonly MergeLayer layer = (MergeLayer)context.Layers[0];

        public override IEnumerable<string> Support => SupportSource.Of(layer.Activation);

        public override void Call(CSharpText text, string x, string z)
        {
            text.Line($"Merge{context.First}({x}, {z});");
            ActivationSource.Apply(text, layer.Activation, layer.ActivationParameter, layer.Outputs, z);
        }

        public override void Methods(CSharpText text)
        {
            text.Blank();
            text.Block($"private static void Merge{context.First}(float[] a, float[] b, float[] z)", () =>
            {
                if (layer is AddLayer)
                {
                    text.Block($"for (int i = 0; i < {layer.Outputs}; i++)", () => text.Line("z[i] = a[i] + b[i];"));
                    return;
                }

                int places = ((ConcatLayer)layer).Places;
                int first = layer.Inputs / places;
                int second = layer.Outputs / places - first;
                text.Line("int to = 0;");
                text.Block($"for (int place = 0; place < {places}; place++)", () =>
                {
                    text.Line($"Array.Copy(a, place * {first}, z, to, {first});");
                    text.Line($"Array.Copy(b, place * {second}, z, to + {first}, {second});");
                    text.Line($"to += {first + second};");
                });
            });
        }
    }
}
