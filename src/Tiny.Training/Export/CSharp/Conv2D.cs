using Tiny.Convolution;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Float32 convolutions as source: a method takes the values under a window into locals and
/// sums some filters in one expression each, bias first, as the core does.
/// </summary>
internal sealed class Conv2D : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => (long)layer.ParameterCount * DensePart.BytesEach + 200;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part : SourcePart
    {
        private readonly SourceContext context;
        private readonly Conv2DLayer layer;
        private readonly float[] parameters;
        private readonly WindowSource walk;
        private readonly int each;

        internal Part(SourceContext context)
        {
            this.context = context;
            layer = (Conv2DLayer)context.Layers[0];
            parameters = layer.Parameters();
            each = layer.Filters.Inputs;
            walk = new WindowSource(layer.Window, context.First);
        }

        /// <inheritdoc/>
        public override IEnumerable<string> Support => SupportSource.Of(layer.Filters.Activation);

        /// <inheritdoc/>
        public override void Fields(CSharpText text) => walk.Fields(text);

        /// <inheritdoc/>
        public override void Call(CSharpText text, string x, string z)
        {
            text.Line($"Conv{context.First}({x}, {z});");
            ActivationSource.Apply(text, layer.Filters.Activation, layer.Filters.ActivationParameter, layer.Outputs, z);
        }

        /// <inheritdoc/>
        public override void Methods(CSharpText text)
        {
            IReadOnlyList<MethodCut> cuts = MethodCut.Of(each, layer.Filters.Rows);
            walk.Walk(text, $"Conv{context.First}", layer.Filters.Rows, () =>
            {
                for (int i = 0; i < cuts.Count; i++)
                {
                    text.Line($"Conv{context.First}Part{i}(x, at, z, to);");
                }
            });
            for (int i = 0; i < cuts.Count; i++)
            {
                MethodCut cut = cuts[i];
                text.Blank();
                text.Block($"private static void Conv{context.First}Part{i}(float[] x, int at, float[] z, int to)",
                    () => Filters(text, cut));
            }
        }

        private void Filters(CSharpText text, MethodCut cut)
        {
            for (int k = cut.From; k < cut.To; k++)
            {
                text.Line($"float x{k} = x[at + {walk.Offset(k)}];");
            }

            for (int filter = cut.FirstRow; filter < cut.EndRow; filter++)
            {
                int bias = filter * (1 + each);
                string start = cut.From == 0 ? CSharpText.Float(parameters[bias]) : $"z[to + {filter}]";
                text.Line($"z[to + {filter}] = {start}"
                    + $"{string.Concat(Enumerable.Range(cut.From, cut.To - cut.From).Select(k => $" + {CSharpText.Float(
                    parameters[bias + 1 + k])} * x{k}"))};");
            }
        }
    }
}
