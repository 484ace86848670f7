using System.Globalization;
using Tiny.Core;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// The float32 layers as straight-line code: bias first, then inputs ascending, as the core sums, and without the weights that
/// are 0. A network of few units is one method and keeps everything in locals; others pass arrays between methods, each within
/// the device's limits. A sparse first layer normalizes each input that it reads where it loads it.
/// </summary>
internal sealed class DensePart : SourcePart
{
    /// <summary>Bytes of IL of a weight: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 9;

    /// <summary>Bytes of IL of an input that is normalized as it is loaded, and held where it must be.</summary>
    internal const int BytesOfInput = 54;

    /// <summary>Bytes of IL of an input that is loaded as it is.</summary>
    internal const int BytesOfLoad = 10;

    // 255 is the runtime's limit of locals; 32 KB that of a branch, and no branch crosses a whole method.
    private const int MostLocals = 190;
    private const int MostMethodBytes = 20_000;

    private readonly SourceContext context;
    private readonly Network network;
    private readonly DenseRows[] layers;
    private readonly bool inOne;

    internal DensePart(SourceContext context)
    {
        this.context = context;
        network = context.Network;
        layers = [.. context.Layers.Select(layer => new DenseRows(layer))];
        int units = layers.Sum(layer => layer.Rows) + (layers[0].IsSparse ? layers[0].Read.Count : layers[0].Inputs);
        inOne = units <= MostLocals
            && layers.Sum(layer => layer.Count + layer.Rows) * BytesEach + layers[0].Read.Count * BytesOfInput <= MostMethodBytes
            && layers.SkipLast(1).All(layer => ActivationSource.IsInline(layer.Activation)) && layers[^1].Rows == layers[^1].Outputs;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Support => layers.SelectMany(layer => SupportSource.Of(layer.Activation));

    /// <summary>Whether all inputs are normalized, whoever reads them.</summary>
    private bool Normalizes => context.ReadsSample && !layers[0].IsSparse;

    /// <summary>Whether those that are read are, each where it is loaded.</summary>
    private bool NormalizesRead => context.ReadsSample && layers[0].IsSparse && !layers[0].IsRaw;

    /// <summary>Whether they are taken as they are, and held only where a sum is out of all measure.</summary>
    private bool TakesRaw => context.ReadsSample && layers[0].IsRaw;

    private string Front => "front" + context.Suffix;

    private string Back => "back" + context.Suffix;

    /// <inheritdoc/>
    public override void Fields(CSharpText text)
    {
        if (Normalizes)
        {
            NormalizationSource.Field(text);
        }

        if (TakesRaw)
        {
            RawSource.Fields(text, layers[0]);
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
            Activate(text, layers[^1], z);
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
            Call(text, i, x, to);
            if (i == 0 && TakesRaw)
            {
                text.Block($"if (!IsOrdinary({to}))", () =>
                {
                    text.Line($"Hold({x});");
                    Call(text, 0, RawSource.Array, to);
                });
                text.Blank();
            }

            Activate(text, layers[i], to);
            if (ends && to != z)
            {
                // Maxout at the end: two sums to an output.
                text.Line($"Array.Copy({to}, {z}, {layers[i].Outputs});");
            }

            x = to;
        }
    }

    private void Call(CSharpText text, int layer, string x, string z)
    {
        for (int part = 0; part < Parts(layer).Count; part++)
        {
            text.Line($"Layer{context.First + layer}Part{part}({x}, {z});");
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
                IReadOnlyList<(int From, int To, int FirstRow, int EndRow)> parts = Parts(i);
                for (int part = 0; part < parts.Count; part++)
                {
                    int layer = i;
                    (int from, int to, int firstRow, int endRow) = parts[part];
                    text.Blank();
                    text.Block($"private static void Layer{context.First + i}Part{part}(float[] x, float[] z)",
                        () => Part(text, layer, from, to, firstRow, endRow));
                }
            }
        }

        if (Normalizes)
        {
            NormalizationSource.Method(text, network);
        }

        if (NormalizesRead)
        {
            NormalizationSource.HeldMethod(text);
        }

        if (TakesRaw)
        {
            NormalizationSource.HeldMethod(text);
            RawSource.Methods(text, layers[0].Rows, inOne);
        }
    }

    private static void Activate(CSharpText text, DenseRows layer, string array) =>
        ActivationSource.Apply(text, layer.Activation, layer.ActivationParameter, layer.Rows, array);

    private void One(CSharpText text)
    {
        int[] loaded = layers[0].IsSparse ? [.. layers[0].Read] : [.. Enumerable.Range(0, layers[0].Inputs)];
        Load(text, loaded, Normalizes || NormalizesRead);
        if (Normalizes)
        {
            text.Line($"float squares = {string.Join(" + ", loaded.Select(k => $"x{k} * x{k}"))};");
            text.Block("if (!(squares < 1E+24f))", () =>
            {
                text.Line("Normalize(x);");
                foreach (int k in loaded)
                {
                    text.Line($"x{k} = {NormalizationSource.Array}[{k}];");
                }
            });
        }

        if (NormalizesRead)
        {
            Hold(text, loaded);
        }

        string before = "x";
        for (int i = 0; i < layers.Length; i++)
        {
            DenseRows layer = layers[i];
            bool last = i == layers.Length - 1;
            text.Blank();
            for (int row = 0; row < layer.Rows; row++)
            {
                string target = last && !(i == 0 && TakesRaw) ? $"outputs[{row}]" : $"float {Unit(i)}{row}";
                text.Line($"{target} = {layer.Sum(row, 0, layer.Inputs, before, layer.Bias(row))};");
                if (!last && !(i == 0 && TakesRaw)
                    && ActivationSource.Inline(layer.Activation, layer.ActivationParameter, $"{Unit(i)}{row}") is string line)
                {
                    text.Line(line);
                }
            }

            if (i == 0 && TakesRaw)
            {
                RawSource.Check(text, [.. Enumerable.Range(0, layer.Rows).Select(row => $"{Unit(0)}{row}")], $"Run{context.Suffix}");
                for (int row = 0; row < layer.Rows; row++)
                {
                    string? line = last ? $"outputs[{row}] = {Unit(i)}{row};"
                        : ActivationSource.Inline(layer.Activation, layer.ActivationParameter, $"{Unit(i)}{row}");
                    if (line is not null)
                    {
                        text.Line(line);
                    }
                }
            }

            before = Unit(i);
        }

        static string Unit(int layer) => ((char)('a' + layer)).ToString();
    }

    /// <summary>Inputs into locals, normalized or as they are.</summary>
    private void Load(CSharpText text, IReadOnlyList<int> inputs, bool normalizes)
    {
        foreach (int k in inputs)
        {
            text.Line($"float x{k} = {(normalizes ? NormalizationSource.Term(network, k, "x") : string.Create(
                CultureInfo.InvariantCulture, $"x[{k}]"))};");
        }
    }

    /// <summary>Sees to inputs that are not finite or past all measure; the others are not looked at one by one.</summary>
    private static void Hold(CSharpText text, IReadOnlyList<int> inputs)
    {
        if (inputs.Count == 0)
        {
            return;
        }

        text.Line($"float squares = {string.Join(" + ", inputs.Select(k => $"x{k} * x{k}"))};");
        text.Block("if (!(squares < 1E+24f))", () =>
        {
            foreach (int k in inputs)
            {
                text.Line($"x{k} = Held(x[{k}], x{k}, {k});");
            }
        });
        text.Blank();
    }

    private void Part(CSharpText text, int layer, int from, int to, int firstRow, int endRow)
    {
        DenseRows rows = layers[layer];
        int[] loaded = [.. rows.Read.Where(
            k => k >= from && k < to && Enumerable.Range(firstRow, endRow - firstRow).Any(row => rows.CountOf(row, k, k + 1) > 0))];
        bool normalizes = layer == 0 && NormalizesRead;
        Load(text, loaded, normalizes);
        if (normalizes)
        {
            Hold(text, loaded);
        }

        for (int row = firstRow; row < endRow; row++)
        {
            if (from > 0 && rows.CountOf(row, from, to) == 0)
            {
                continue;
            }

            string start = from == 0 ? rows.Bias(row) : $"z[{row}]";
            text.Line($"z[{row}] = {rows.Sum(row, from, to, "x", start)};");
        }
    }

    /// <summary>A layer cut into methods: blocks of the inputs it reads in order, each over chunks of rows.</summary>
    private List<(int From, int To, int FirstRow, int EndRow)> Parts(int index)
    {
        DenseRows layer = layers[index];
        int eachInput = index == 0 && NormalizesRead ? BytesOfInput : BytesOfLoad;
        List<(int, int, int, int)> parts = [];
        for (int first = 0; first == 0 || first < layer.Read.Count; first += MostLocals)
        {
            int from = first == 0 ? 0 : layer.Read[first];
            int to = first + MostLocals < layer.Read.Count ? layer.Read[first + MostLocals] : layer.Inputs;
            int row = 0;
            do
            {
                int begin = row;
                int bytes = Math.Min(MostLocals, layer.Read.Count - first) * eachInput;
                do
                {
                    bytes += (1 + layer.CountOf(row, from, to)) * BytesEach;
                    row++;
                }
                while (row < layer.Rows && bytes + (1 + layer.CountOf(row, from, to)) * BytesEach <= MostMethodBytes);
                parts.Add((from, to, begin, row));
            }
            while (row < layer.Rows);
        }

        return parts;
    }
}
