using Tiny.Core;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// The float32 layers as straight-line code: bias first, then inputs ascending, as the core sums. A network of few units is one method and
/// keeps everything in locals; others pass arrays between methods, each within the device's limits.
/// </summary>
internal sealed class DenseSource
{
    /// <summary>Bytes of IL of a weight: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 9;

    // 255 is the runtime's limit of locals; 32 KB that of a branch, and no branch crosses a whole method.
    private const int MostLocals = 190;
    private const int MostMethodBytes = 20_000;

    private readonly Network network;
    private readonly DenseLayer[] layers;
    private readonly bool inOne;

    internal DenseSource(Network network)
    {
        this.network = network;
        layers = network.layers[..network.denseCount];
        int units = layers.Sum(layer => layer.Rows) + (layers.Length == 0 ? 0 : layers[0].Inputs);
        inOne = units <= MostLocals && layers.Sum(layer => layer.ParameterCount) * BytesEach <= MostMethodBytes
            && layers.SkipLast(1).All(layer => ActivationSource.IsInline(layer.Activation)) && (layers.Length == 0 || layers[^1].Rows == network.Outputs);
    }

    private bool Normalises => network.PackedCount == 0;

    internal void Fields(CSharpText text)
    {
        if (Normalises)
        {
            text.Line("private static readonly float[] normalised = new float[Inputs];");
        }

        if (!inOne && layers.Length > 0)
        {
            int widest = layers.Max(layer => layer.Rows);
            text.Line($"private static readonly float[] front = new float[{widest}];");
            text.Line($"private static readonly float[] back = new float[{widest}];");
        }

        text.Blank();
    }

    /// <summary>The call that leaves the last layer's sums in outputs; x are the inputs, or what the int8 layers gave.</summary>
    internal void Call(CSharpText text, bool behindPacked)
    {
        if (layers.Length == 0)
        {
            return;
        }

        string x = behindPacked ? "values" : "inputs";
        if (inOne)
        {
            text.Line($"Run({x}, outputs);");
            return;
        }

        if (Normalises)
        {
            text.Line("Normalise(inputs);");
            x = "normalised";
        }

        for (int i = 0; i < layers.Length; i++)
        {
            string z = i == layers.Length - 1 && layers[i].Rows == network.Outputs ? "outputs" : i % 2 == 0 ? "front" : "back";
            for (int part = 0; part < Parts(layers[i]).Count; part++)
            {
                text.Line($"Layer{i}Part{part}({x}, {z});");
            }

            if (i < layers.Length - 1)
            {
                ActivationSource.Apply(text, layers[i], z);
            }
            else if (z != "outputs")
            {
                // Maxout at the end: two sums to an output.
                ActivationSource.Apply(text, layers[i], z);
                text.Line($"Array.Copy({z}, outputs, Outputs);");
            }

            x = z;
        }
    }

    internal void Methods(CSharpText text)
    {
        if (layers.Length == 0)
        {
            return;
        }

        if (inOne)
        {
            text.Blank();
            text.Block("private static void Run(float[] x, float[] outputs)", () => One(text));
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
                    text.Block($"private static void Layer{i}Part{part}(float[] x, float[] z)", () => Part(text, layers[layer], from, to, firstRow, endRow));
                }
            }
        }

        if (Normalises)
        {
            text.Blank();
            Normalise(text);
        }
    }

    private void One(CSharpText text)
    {
        int inputs = layers[0].Inputs;
        for (int k = 0; k < inputs; k++)
        {
            text.Line($"float x{k} = {(Normalises ? Normalised(k, "x") : $"x[{k}]")};");
        }

        if (Normalises)
        {
            text.Line($"float squares = {CSharpText.Join(inputs, " + ", k => $"x{k} * x{k}")};");
            text.Block("if (!(squares < 1E+24f))", () =>
            {
                text.Line("Normalise(x);");
                for (int k = 0; k < inputs; k++)
                {
                    text.Line($"x{k} = normalised[{k}];");
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
                text.Line($"{target} = {Sum(layer, row, 0, layer.Inputs, before, CSharpText.Float(layer.GetBias(row)))};");
                if (!last && ActivationSource.Inline(layer, $"{Unit(i)}{row}") is string line)
                {
                    text.Line(line);
                }
            }

            before = Unit(i);
        }

        static string Unit(int layer) => ((char)('a' + layer)).ToString();
    }

    private static void Part(CSharpText text, DenseLayer layer, int from, int to, int firstRow, int endRow)
    {
        for (int k = from; k < to; k++)
        {
            text.Line($"float x{k} = x[{k}];");
        }

        for (int row = firstRow; row < endRow; row++)
        {
            string start = from == 0 ? CSharpText.Float(layer.GetBias(row)) : $"z[{row}]";
            text.Line($"z[{row}] = {Sum(layer, row, from, to, "x", start)};");
        }
    }

    private static string Sum(DenseLayer layer, int row, int from, int to, string x, string start) =>
        start + string.Concat(Enumerable.Range(from, to - from).Select(k => $" + {CSharpText.Float(layer.GetWeight(row, k))} * {x}{k}"));

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

    private string Normalised(int input, string x) =>
        $"({x}[{input}] - {CSharpText.Float(network.Scaling.GetInputMean(input))}) * {CSharpText.Float(network.Scaling.GetInputScale(input))}";

    private void Normalise(CSharpText text)
    {
        text.Block("private static void Normalise(float[] x)", () =>
        {
            text.Line("float[] n = normalised;");
            for (int k = 0; k < network.Inputs; k++)
            {
                text.Line($"n[{k}] = {Normalised(k, "x")};");
            }

            text.Block("for (int i = 0; i < Inputs; i++)", () =>
            {
                text.Line("float value = n[i];");
                text.Block("if (!(value * value < 1E+24f))", () =>
                {
                    text.Block("if (x[i] - x[i] != 0f)", () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a finite number.\", \"inputs\");"));
                    text.Blank();
                    text.Line("n[i] = 1E+12f <= value ? 1E+12f : value <= -1E+12f ? -1E+12f : value - value == 0f ? value : 0f;");
                });
            });
        });
    }
}
