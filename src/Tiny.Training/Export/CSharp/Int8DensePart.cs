// Over 300 lines: the packed arithmetic of one chain of layers, written in the order in which it runs.
using Tiny.Core.Activations;
using Tiny.Int8;
using Tiny.Sparse.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>The int8 layers as straight-line code over the same packed longs that the core's kernels multiply.</summary>
internal sealed class Int8DensePart : SourcePart
{
    /// <summary>Bytes of IL of a long: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 13;

    private const int MostMethodBytes = 24_000;
    private const int MostLocals = 190;
    private const int MostDigits = 64; // that one block takes

    private readonly Int8Layer[] layers;
    private readonly LevelSource first;

    internal Int8DensePart(SourceContext context)
    {
        layers = [.. context.Layers.Cast<Int8Layer>()];
        first = layers[0] is SparseLevelLayer sparse ? new SparseLevelSource(sparse) : new DenseLevelSource((LevelDenseLayer)layers[0]);
    }

    /// <inheritdoc/>
    public override bool TakesLevels => first.TakesLevels;

    /// <summary>Between int8 layers a table stands for the activation; behind the last it is computed.</summary>
    public override IEnumerable<string> Support => SupportSource.Of(layers[^1].Activation);

    /// <summary>Whole numbers times scales are finite.</summary>
    public override bool IsAlwaysFinite => layers[^1].Activation == Activation.Linear;

    /// <summary>Whether sums must stand elsewhere than in what the layers give: maxout takes two to an output.</summary>
    private bool UsesSums => layers[^1].Rows != layers[^1].Outputs;

    /// <summary>
    /// Whether two layers with ReLU between them are small enough for one method: then lanes and digits stay in locals and need no arrays.
    /// </summary>
    private bool InOne => layers.Length == 2 && first.IsOneBlock && layers[0].Table is null
        && first.Locals + Groups <= MostLocals && layers[1].Inputs <= MostDigits
        && layers.Sum(layer => layer.Weights.Sum(array => array.Length)) * BytesEach <= MostMethodBytes;

    private int Groups => (layers[0].Rows + 2) / 3;

    /// <summary>Whether the lanes of a first layer become digits where the second takes them up, and not in the array.</summary>
    private bool RectifiesOnTheWay => first.TakesLevels && layers.Length > 1 && layers[0].Table is null && layers[1].Inputs <= MostDigits
        && RowChunks(layers[1]).Count == 1;

    /// <inheritdoc/>
    public override void Fields(CSharpText text)
    {
        int widest = layers.Max(layer => layer.Rows);
        text.Line("private static readonly byte[] levels = new byte[Inputs];");
        if (!InOne)
        {
            text.Line($"private static readonly long[] digits = new long[{(widest + 2) / 3}];");
            text.Line($"private static readonly int[] sums = new int[{(widest + 2) / 3 * 3}];");
        }

        if (UsesSums)
        {
            text.Line($"private static readonly float[] rows = new float[{layers[^1].Rows}];");
        }

        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].Table is sbyte[] table)
            {
                text.Line($"private static readonly sbyte[] table{i} = {{ {string.Join(", ", table)} }};");
            }
        }
    }

    /// <inheritdoc/>
    public override void Call(CSharpText text, string x, string z) => Whole(text, first.TakesLevels ? $"{x}, null" : x, z);

    /// <inheritdoc/>
    public override void CallLevels(CSharpText text, string levels, string z) => Whole(text, $"null, {levels}", z);

    private void Whole(CSharpText text, string x, string z)
    {
        string sums = UsesSums ? "rows" : z;
        Sums(text, x, sums);
        ActivationSource.Apply(text, layers[^1].Activation, layers[^1].ActivationParameter, layers[^1].Rows, sums);
        if (UsesSums)
        {
            text.Line($"Array.Copy(rows, {z}, {layers[^1].Outputs});");
        }
    }

    /// <summary>The calls that leave the sums of the last layer, each by its scale, in an array.</summary>
    private void Sums(CSharpText text, string x, string z)
    {
        if (InOne)
        {
            text.Line($"RunInt8({x}, {z});");
            return;
        }

        first.Calls(text, x);
        bool emptied = first.Emptied != 0;
        for (int i = 0; i < layers.Length; i++)
        {
            Int8Layer layer = layers[i];
            bool last = i == layers.Length - 1;
            if (i == 0 && !(layer.Table is null && !last && !emptied))
            {
                text.Line($"Empty({(emptied ? "false" : "true")});");
            }

            if (i > 0)
            {
                for (int chunk = 0; chunk < RowChunks(layer).Count; chunk++)
                {
                    text.Line($"Sums{i}Part{chunk}({(last ? z : "")});");
                }
            }
            else if (last)
            {
                for (int row = 0; row < layer.Rows; row++)
                {
                    text.Line($"{z}[{row}] = sums[{row}] * {CSharpText.Float(layer.Scales[row])};");
                }
            }

            if (!last && !(i == 0 && RectifiesOnTheWay))
            {
                text.Line($"Digits{i}();");
            }
        }
    }

    /// <inheritdoc/>
    public override void Methods(CSharpText text)
    {
        if (InOne)
        {
            text.Blank();
            text.Block($"private static void RunInt8({first.Parameters}, float[] z)", () => One(text));
            text.Blank();
            first.ToLevels(text);
            return;
        }

        first.Methods(text);
        text.Blank();
        first.ToLevels(text);
        bool emptied = first.Emptied != 0;
        if (emptied || layers.Length == 1 || layers[0].Table is not null)
        {
            text.Blank();
            Empty(text);
        }

        if (layers.Any(layer => layer.Table is not null))
        {
            text.Blank();
            text.Block("private static int Step(int step)", () => text.Line("return step < 0 ? 0 : step > 255 ? 255 : step;"));
        }

        for (int i = 0; i < layers.Length; i++)
        {
            bool last = i == layers.Length - 1;
            if (i > 0)
            {
                IReadOnlyList<(int From, int To)> chunks = RowChunks(layers[i]);
                for (int chunk = 0; chunk < chunks.Count; chunk++)
                {
                    int layer = i;
                    (int from, int to) = chunks[chunk];
                    text.Blank();
                    text.Block($"private static void Sums{i}Part{chunk}({(last ? "float[] z" : "")})",
                        () => Rows(text, (DigitDenseLayer)layers[layer], from, to, last,
                            layer == 1 && RectifiesOnTheWay ? layers[0] : null));
                }
            }

            if (!last && !(i == 0 && RectifiesOnTheWay))
            {
                int layer = i;
                text.Blank();
                text.Block($"private static void Digits{i}()",
                    () => Digits(text, layer, layer == 0 && layers[0].Table is null && !emptied));
            }
        }
    }

    /// <summary>Groups of longs that go into one method each.</summary>
    internal static IEnumerable<(int From, int To)> Chunks(int longs, int groups)
    {
        int each = Math.Max(1, MostMethodBytes / BytesEach / longs);
        for (int from = 0; from < groups; from += each)
        {
            yield return (from, Math.Min(groups, from + each));
        }
    }

    private static IReadOnlyList<(int From, int To)> RowChunks(Int8Layer layer) => [.. Chunks((layer.Inputs + 2) / 3, layer.Rows)];

    private void One(CSharpText text)
    {
        first.Load(text);
        Constants(text, layers[0]);
        foreach (int group in Enumerable.Range(0, Groups).Where(group => Reads(layers[1], group)))
        {
            text.Line($"long d{group} = {first.Lanes(group)};");
            Rectify(text, $"d{group}", layers[0].Shifts[0]);
        }

        text.Blank();
        for (int row = 0; row < layers[1].Rows; row++)
        {
            text.Line($"z[{row}] = {DigitSum(layers[1].Weights[row], 0, (layers[1].Inputs + 2) / 3)} "
                + $"* {CSharpText.Float(layers[1].Scales[row])};");
        }
    }

    /// <summary>Whether a row of a layer has a weight on one of three digits.</summary>
    private static bool Reads(Int8Layer layer, int three)
    {
        int span = Span(layer);
        return Enumerable.Range(0, layer.Rows).Any(row => layer.Weights[three / span * layer.Rows + row][1 + three % span] != 0);
    }

    /// <summary>Longs of digits that one block of a layer takes.</summary>
    private static int Span(Int8Layer layer) => Int8Blocks.OfDigits(layer.Inputs) == MostDigits
        ? (layer.Inputs + 2) / 3 : Int8Blocks.OfDigits(layer.Inputs) / 3;

    private static void Constants(CSharpText text, Int8Layer layer)
    {
        text.Line("const long ones = 1L | 1L << 21 | 1L << 43;");
        text.Line("const long low = ones * 0xFFFFFL;");
        text.Line($"const long room = ones * {Room(layer)}L;");
    }

    /// <summary>What 2^20 less the first sum that saturates is.</summary>
    private static int Room(Int8Layer layer) => Int8Layer.LaneLimit - ((Int8Layer.LargestDigit + 1) << layer.Shifts[0]);

    private static string DigitSum(long[] weights, int begin, int count) =>
        $"(int)(({CSharpText.Long(weights[0])}"
        + $"{string.Concat(Enumerable.Range(0, count).Where(k => weights[1 + k] != 0).Select(k => $" + {CSharpText.Long(
        weights[1 + k])} * d{begin + k}"))}) >> 43)";

    /// <summary>Lanes to digits in a local, as LevelDenseLayer does.</summary>
    private static void Rectify(CSharpText text, string local, int shift)
    {
        // A lane whose sum is not below 0 has bit 20; one whose digit would be above 127 reaches it once more, and all 7 bits are set.
        text.Line($"{local} = (({local} "
            + $">> {shift}) | (((({local} & low) + room) >> 20) & ones) * 127L) & ((({local} >> 20) & ones) * 127L);");
    }

    private void Empty(CSharpText text) => text.Block("private static void Empty(bool begin)", () =>
        text.Block($"for (int i = 0; i < {Groups}; i++)", () =>
        {
            text.Line("long three = digits[i];");
            text.Line("digits[i] = 0L;");
            text.Block("for (int lane = 0; lane < 3; lane++)", () =>
            {
                text.Line("int sum = ((int)(three >> (lane == 0 ? 0 : lane == 1 ? 21 : 43)) & 0x1FFFFF) - 0x100000;");
                text.Line("sums[3 * i + lane] = begin ? sum : sums[3 * i + lane] + sum;");
            });
        }));

    private void Digits(CSharpText text, int i, bool inLanes)
    {
        Int8Layer layer = layers[i];
        int groups = (layer.Rows + 2) / 3;
        if (inLanes)
        {
            Constants(text, layer);
            text.Line("long[] d = digits;");
            text.Line("long s;");
            for (int group = 0; group < groups; group++)
            {
                text.Line($"s = d[{group}];");
                Rectify(text, "s", layer.Shifts[0]);
                text.Line($"d[{group}] = s;");
            }

            return;
        }

        text.Line("int[] s = sums;");
        for (int row = 0; row < layer.Rows; row++)
        {
            text.Line(layer.Table is null
                ? $"s[{row}] = s[{row}] <= 0 ? 0 : s[{row}] >> {layer.Shifts[0]} > 127 ? 127 : s[{row}] >> {layer.Shifts[0]};"
                : $"s[{row}] = table{i}[Step((s[{row}] >> {layer.Shifts[row]}) + 128)];");
        }

        for (int group = 0; group < groups; group++)
        {
            string digits = string.Join(" + ", Enumerable.Range(3 * group, Math.Min(3, layer.Rows - 3 * group))
                .Select(row => row % 3 == 0 ? $"s[{row}]" : $"((long)s[{row}] << {(row % 3 == 1 ? 21 : 43)})"));
            text.Line($"digits[{group}] = {digits};");
        }
    }

    private static void Rows(CSharpText text, DigitDenseLayer layer, int from, int to, bool last, Int8Layer? lanes)
    {
        int longs = (layer.Inputs + 2) / 3;
        int span = Span(layer);
        if (lanes is not null)
        {
            Constants(text, lanes);
        }

        foreach (int k in Enumerable.Range(0, longs).Where(k => Reads(layer, k)))
        {
            text.Line($"long d{k} = digits[{k}];");
            if (lanes is not null)
            {
                Rectify(text, $"d{k}", lanes.Shifts[0]);
            }
        }

        for (int row = from; row < to; row++)
        {
            List<string> sums = [];
            for (int begin = 0; begin < longs; begin += span)
            {
                long[] weights = layer.Weights[begin / span * layer.Rows + row];
                sums.Add(DigitSum(weights, begin, Math.Min(span, longs - begin)));
            }

            string sum = string.Join(" + ", sums);
            text.Line(last
                ? $"z[{row}] = {(sums.Count == 1 ? sum : $"({sum})")} * {CSharpText.Float(layer.Scales[row])};"
                : $"sums[{row}] = {sum};");
        }
    }
}
