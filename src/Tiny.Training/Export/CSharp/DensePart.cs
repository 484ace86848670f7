using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// The float32 layers as straight-line code: bias first, then inputs ascending, as the core sums. A network of few units is one method and
/// keeps everything in locals; others pass arrays between methods, each within the device's limits.
/// </summary>
internal sealed class DensePart : SourcePart
{
    /// <summary>Bytes of IL of a weight: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 9;

    // 255 is the runtime's limit of locals; 32 KB that of a branch, and no branch crosses a whole method.
    private const int MostLocals = 190;
    private const int MostMethodBytes = 20_000;

    private readonly SourceContext context;
    private readonly Network network;
    private readonly DenseLayer[] layers;
    private readonly float[][] parameters; // (layers) row by row, bias first
    private readonly bool inOne;

    internal DensePart(SourceContext context)
    {
        this.context = context;
        network = context.Network;
        layers = [.. context.Layers.Cast<DenseLayer>()];
        parameters = [.. layers.Select(layer => layer.Parameters())];
        int units = layers.Sum(layer => layer.Rows) + layers[0].Inputs;
        inOne = units <= MostLocals && layers.Sum(layer => layer.ParameterCount) * BytesEach <= MostMethodBytes
            && layers.SkipLast(1).All(layer => ActivationSource.IsInline(layer.Activation)) && layers[^1].Rows == layers[^1].Outputs;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Support => layers.SelectMany(layer => SupportSource.Of(layer.Activation));

    private bool Normalizes => context.ReadsSample;

    private string Front => "front" + context.Suffix;

    private string Back => "back" + context.Suffix;

    /// <inheritdoc/>
    public override void Fields(CSharpText text)
    {
        if (Normalizes)
        {
            NormalizationSource.Field(text);
        }

        if (!inOne)
        {
            int widest = layers.Max(layer => layer.Rows);
            text.Line($"private static readonly float[] {Front} = new float[{widest}];");
            text.Line($"private static readonly float[] {Back} = new float[{widest}];");
        }
    }

    /// <inheritdoc/>
    public override void Call(CSharpText text, string x, string z)
    {
        if (inOne)
        {
            text.Line($"Run{context.Suffix}({x}, {z});");
            ActivationSource.Apply(text, layers[^1], z);
            return;
        }

        if (Normalizes)
        {
            NormalizationSource.Call(text);
            x = NormalizationSource.Array;
        }

        for (int i = 0; i < layers.Length; i++)
        {
            bool ends = i == layers.Length - 1;
            string to = ends && layers[i].Rows == layers[i].Outputs ? z : i % 2 == 0 ? Front : Back;
            for (int part = 0; part < Parts(layers[i]).Count; part++)
            {
                text.Line($"Layer{context.First + i}Part{part}({x}, {to});");
            }

            ActivationSource.Apply(text, layers[i], to);
            if (ends && to != z)
            {
                // Maxout at the end: two sums to an output.
                text.Line($"Array.Copy({to}, {z}, {layers[i].Outputs});");
            }

            x = to;
        }
    }

    /// <inheritdoc/>
    public override void Methods(CSharpText text)
    {
        if (inOne)
        {
            text.Blank();
            text.Block($"private static void Run{context.Suffix}(float[] x, float[] outputs)", () => One(text));
        }
        else
        {
            for (int i = 0; i < layers.Length; i++)
            {
                IReadOnlyList<(int From, int To, int FirstRow, int EndRow)> parts = Parts(layers[i]);
                for (int part = 0; part < parts.Count; part++)
                {
                    int layer = i;
                    (int from, int to, int firstRow, int endRow) = parts[part];
                    text.Blank();
                    text.Block($"private static void Layer{context.First + i}Part{part}(float[] x, float[] z)", () => Part(text, layer, from, to, firstRow, endRow));
                }
            }
        }

        if (Normalizes)
        {
            NormalizationSource.Method(text, network);
        }
    }

    private void One(CSharpText text)
    {
        int inputs = layers[0].Inputs;
        for (int k = 0; k < inputs; k++)
        {
            text.Line($"float x{k} = {(Normalizes ? NormalizationSource.Term(network, k, "x") : $"x[{k}]")};");
        }

        if (Normalizes)
        {
            text.Line($"float squares = {CSharpText.Join(inputs, " + ", k => $"x{k} * x{k}")};");
            text.Block("if (!(squares < 1E+24f))", () =>
            {
                text.Line("Normalize(x);");
                for (int k = 0; k < inputs; k++)
                {
                    text.Line($"x{k} = {NormalizationSource.Array}[{k}];");
                }
            });
        }

        string before = "x";
        for (int i = 0; i < layers.Length; i++)
        {
            DenseLayer layer = layers[i];
            bool last = i == layers.Length - 1;
            text.Blank();
            for (int row = 0; row < layer.Rows; row++)
            {
                string target = last ? $"outputs[{row}]" : $"float {Unit(i)}{row}";
                text.Line($"{target} = {Sum(i, row, 0, layer.Inputs, before, Bias(i, row))};");
                if (!last && ActivationSource.Inline(layer, $"{Unit(i)}{row}") is string line)
                {
                    text.Line(line);
                }
            }

            before = Unit(i);
        }

        static string Unit(int layer) => ((char)('a' + layer)).ToString();
    }

    private void Part(CSharpText text, int layer, int from, int to, int firstRow, int endRow)
    {
        for (int k = from; k < to; k++)
        {
            text.Line($"float x{k} = x[{k}];");
        }

        for (int row = firstRow; row < endRow; row++)
        {
            string start = from == 0 ? Bias(layer, row) : $"z[{row}]";
            text.Line($"z[{row}] = {Sum(layer, row, from, to, "x", start)};");
        }
    }

    private string Bias(int layer, int row) => CSharpText.Float(parameters[layer][row * (1 + layers[layer].Inputs)]);

    private string Sum(int layer, int row, int from, int to, string x, string start)
    {
        int weights = row * (1 + layers[layer].Inputs) + 1;
        return start + string.Concat(Enumerable.Range(from, to - from).Select(k => $" + {CSharpText.Float(parameters[layer][weights + k])} * {x}{k}"));
    }

    /// <summary>A layer cut into methods: blocks of inputs in order, each over chunks of rows.</summary>
    private static IReadOnlyList<(int From, int To, int FirstRow, int EndRow)> Parts(DenseLayer layer)
    {
        List<(int, int, int, int)> parts = [];
        for (int from = 0; from < layer.Inputs; from += MostLocals)
        {
            int to = Math.Min(layer.Inputs, from + MostLocals);
            int rows = Math.Max(1, MostMethodBytes / (BytesEach * (to - from + 1)));
            for (int row = 0; row < layer.Rows; row += rows)
            {
                parts.Add((from, to, row, Math.Min(layer.Rows, row + rows)));
            }
        }

        return parts;
    }
}
