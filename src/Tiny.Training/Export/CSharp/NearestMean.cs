using Tiny.Anomaly;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// The distance from the nearest mean as straight-line source: inputs descending, an odd last
/// one by itself, then by twos, as Tiny.Anomaly sums.
/// </summary>
internal sealed class NearestMean : LayerSource
{
    /// <inheritdoc/>
    public override bool NormalizesSample => true;

    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => 100 + (long)Part.BytesEach * layer.Inputs * ((NearestMeanLayer)layer).Count;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Part(context);

    private sealed class Part : SourcePart
    {
        /// <summary>Bytes of IL of an input of a mean: two constants, an element, three operations and two moves.</summary>
        internal const int BytesEach = 26;

        private const int MostPairs = 350; // to a method: within the device's limit of 32 KB for a branch

        private readonly SourceContext context;
        private readonly NearestMeanLayer layer;
        private readonly bool normalizes;

        internal Part(SourceContext context)
        {
            this.context = context;
            layer = (NearestMeanLayer)context.Layers[0];
            normalizes = context.ReadsSample && Enumerable.Range(0, layer.Inputs)
                .Any(i => context.Network.Scaling.InputMeans[i] != 0f || context.Network.Scaling.InputScales[i] != 1f);
        }

        public override void Fields(CSharpText text)
        {
            if (normalizes)
            {
                NormalizationSource.Field(text);
            }
        }

        public override void Call(CSharpText text, string x, string z)
        {
            if (normalizes)
            {
                NormalizationSource.Call(text);
            }

            text.Line($"{z}[0] = Nearest{context.First}({(normalizes ? NormalizationSource.Array : x)});");
        }

        public override void Methods(CSharpText text)
        {
            text.Blank();
            text.Block($"private static float Nearest{context.First}(float[] x)", () =>
            {
                text.Line("float least = float.MaxValue;");
                text.Line("float sum;");
                for (int mean = 0; mean < layer.Count; mean++)
                {
                    string call = layer.Inputs % 2 == 0 ? "0f" : Square(layer.Inputs - 1, mean);
                    for (int part = 0; part < Parts.Count; part++)
                    {
                        call = $"Mean{context.First}To{mean}Part{part}(x, {call})";
                    }

                    text.Line($"sum = {call};");
                    text.Block("if (sum < least)", () => text.Line("least = sum;"));
                }

                text.Block($"if (!(least < {CSharpText.Float(NearestMeanLayer.Farthest)}))", () =>
                {
                    text.Block("for (int i = 0; i < x.Length; i++)", () =>
                        text.Block("if (x[i] - x[i] != 0f)",
                        () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a finite number.\", \"inputs\");")));
                    text.Line($"least = {CSharpText.Float(NearestMeanLayer.Farthest)};");
                });
                text.Line($"return least / {layer.Inputs};");
            });
            for (int mean = 0; mean < layer.Count; mean++)
            {
                for (int part = 0; part < Parts.Count; part++)
                {
                    int of = mean;
                    (int from, int to) = Parts[part];
                    text.Blank();
                    text.Block($"private static float Mean{context.First}To{mean}Part{part}(float[] x, float sum)",
                        () => Pairs(text, of, from, to));
                }
            }

            if (normalizes)
            {
                NormalizationSource.Method(text, context.Network);
            }
        }

        /// <summary>Pairs of inputs from the last down, cut into methods.</summary>
        private List<(int From, int To)> Parts
        {
            get
            {
                List<(int, int)> parts = [];
                for (int end = layer.Inputs & ~1; end > 0; end -= 2 * MostPairs)
                {
                    parts.Add((end, Math.Max(0, end - 2 * MostPairs)));
                }

                return parts;
            }
        }

        private void Pairs(CSharpText text, int mean, int from, int to)
        {
            text.Line("float off;");
            text.Line("float next;");
            for (int i = from - 1; i > to; i -= 2)
            {
                text.Line($"off = x[{i}] - {Mean(i, mean)};");
                text.Line($"off *= off * {CSharpText.Float(layer.Precisions[i])};");
                text.Line($"next = x[{i - 1}] - {Mean(i - 1, mean)};");
                text.Line($"sum += off + next * next * {CSharpText.Float(layer.Precisions[i - 1])};");
            }

            text.Line("return sum;");
        }

        private string Square(int input, int mean)
        {
            string off = $"(x[{input}] - {Mean(input, mean)})";
            return $"{off} * {off} * {CSharpText.Float(layer.Precisions[input])}";
        }

        private string Mean(int input, int mean) => CSharpText.Float(layer.Means[mean][input]);
    }
}
