// Over 300 lines: the packed arithmetic of one chain of layers, written in the order in which it runs.
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Desk;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>The int8 layers as straight-line code over the same packed longs that the core's kernels multiply.</summary>
internal sealed class Int8DensePart : SourcePart
{
    /// <summary>Bytes of IL of a long: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 13;

    private const int MostMethodBytes = 24_000;
    private const int MostLocals = 190;
    private const int MostDigits = 64; // that one block takes
    private const long Ones = 1L | 1L << 21 | 1L << 43;

    private readonly SourceContext context;
    private readonly Int8Layer[] layers;
    private readonly LevelDenseLayer first;

    internal Int8DensePart(SourceContext context)
    {
        this.context = context;
        layers = [.. context.Layers.Cast<Int8Layer>()];
        first = (LevelDenseLayer)layers[0];
    }

    /// <summary>Between int8 layers a table stands for the activation; behind the last it is computed.</summary>
    public override IEnumerable<string> Support => SupportSource.Of(layers[^1].Activation);

    /// <summary>Whole numbers times scales are finite.</summary>
    public override bool IsAlwaysFinite => layers[^1].Activation == Activation.Linear;

    /// <summary>Whether sums must stand elsewhere than in what the layers give: maxout takes two to an output.</summary>
    private bool UsesSums => layers[^1].Rows != layers[^1].Outputs;

    /// <summary>
    /// Whether two layers with ReLU between them are small enough for one method: then lanes and digits stay in locals and need no arrays.
    /// </summary>
    private bool InOne => layers.Length == 2 && Blocks.Count == 1 && first.Table is null
        && first.Inputs + first.Groups() <= MostLocals && layers[1].Inputs <= MostDigits
        && layers.Sum(layer => layer.Weights.Sum(array => array.Length)) * BytesEach <= MostMethodBytes;

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
    public override void Call(CSharpText text, string x, string z)
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

        int part = 0;
        for (int block = 0; block < Blocks.Count; block++)
        {
            foreach ((int from, int to) in Chunks(Blocks[block].Width, first.Groups()))
            {
                text.Line($"First{part++}({x});");
            }

            if (block < Blocks.Count - 1 && (first.Emptied >> block & 1) != 0)
            {
                text.Line($"Empty({(IsFirstEmptying(block) ? "true" : "false")});");
            }
        }

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

            if (!last)
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
            text.Block("private static void RunInt8(float[] x, float[] z)", () => One(text));
            text.Blank();
            ToLevels(text);
            return;
        }

        int part = 0;
        for (int block = 0; block < Blocks.Count; block++)
        {
            (int begin, int width) = Blocks[block];
            bool begins = block == 0 || (first.Emptied >> (block - 1) & 1) != 0;
            foreach ((int from, int to) in Chunks(width, first.Groups()))
            {
                text.Blank();
                text.Block($"private static void First{part++}(float[] x)", () => Block(text, begin, Math.Min(width, first.Inputs - begin), from, to, begins));
            }
        }

        text.Blank();
        ToLevels(text);
        bool emptied = first.Emptied != 0;
        if (emptied || layers.Length == 1 || first.Table is not null)
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
                    text.Block($"private static void Sums{i}Part{chunk}({(last ? "float[] z" : "")})", () => Rows(text, (DigitDenseLayer)layers[layer], from, to, last));
                }
            }

            if (!last)
            {
                int layer = i;
                text.Blank();
                text.Block($"private static void Digits{i}()", () => Digits(text, layer, layer == 0 && layers[0].Table is null && !emptied));
            }
        }
    }

    /// <summary>Where each block of inputs begins, and the width of its kernel.</summary>
    private List<(int Begin, int Width)> Blocks
    {
        get
        {
            List<(int, int)> blocks = [];
            for (int at = 0; at < first.Inputs; at += Int8Blocks.OfLevels(first.Inputs - at))
            {
                blocks.Add((at, Int8Blocks.OfLevels(first.Inputs - at)));
            }

            return blocks;
        }
    }

    private bool IsFirstEmptying(int block) => (first.Emptied & ((1 << block) - 1)) == 0;

    private static IEnumerable<(int From, int To)> Chunks(int longs, int groups)
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
        Levels(text, 0, first.Inputs);
        text.Line("const long ones = 1L | 1L << 21 | 1L << 43;");
        text.Line($"const long room = ones * {Room(first)}L;");
        text.Line("long m;");
        for (int group = 0; group < first.Groups(); group++)
        {
            text.Line($"long d{group} = {Lanes(group, 0, first.Inputs, true)};");
            Rectify(text, $"d{group}", first.Shifts[0]);
        }

        text.Blank();
        for (int row = 0; row < layers[1].Rows; row++)
        {
            text.Line($"z[{row}] = {DigitSum(layers[1].Weights[row], 0, (layers[1].Inputs + 2) / 3)} * {CSharpText.Float(layers[1].Scales[row])};");
        }
    }

    /// <summary>What 2^20 less the first sum that saturates is.</summary>
    private static int Room(Int8Layer layer) => Int8Layer.LaneLimit - ((Int8Layer.LargestDigit + 1) << layer.Shifts[0]);

    /// <summary>The sums of three rows in the lanes of a long, over some inputs: what the lanes begin with, then the weights.</summary>
    private string Lanes(int group, int begin, int count, bool begins)
    {
        long[] weights = [.. Enumerable.Range(begin, count).Select(input => Packed(row => first.WholeWeight(row, input)))];
        long start = LevelDenseLayer.MiddleLevel * weights.Sum() + (begins ? unchecked(Ones * Int8Layer.LaneLimit) : 0) + (begin == 0 ? Packed(first.WholeBias) : 0);
        return CSharpText.Long(start) + string.Concat(weights.Select((weight, k) => $" + {CSharpText.Long(weight)} * q{k}"));

        long Packed(Func<int, int> of)
        {
            int row = 3 * group;
            return of(row) + (row + 1 < first.Rows ? (long)of(row + 1) << 21 : 0) + (row + 2 < first.Rows ? (long)of(row + 2) << 43 : 0);
        }
    }

    private static string DigitSum(long[] weights, int begin, int count) =>
        $"(int)(({CSharpText.Long(weights[0])}{string.Concat(Enumerable.Range(0, count).Select(k => $" + {CSharpText.Long(weights[1 + k])} * d{begin + k}"))}) >> 43)";

    /// <summary>Lanes to digits in a local, as LevelDenseLayer does.</summary>
    private static void Rectify(CSharpText text, string local, int shift)
    {
        text.Line($"m = ({local} >> 20) & ones;");
        text.Line($"{local} &= (m << 20) - m;");
        text.Line($"m = (({local} + room) >> 20) & ones;");
        text.Line($"{local} = (({local} >> {shift}) | ((m << 7) - m)) & (ones * 127L);");
    }

    private void Levels(CSharpText text, int begin, int count)
    {
        text.Line($"long {CSharpText.Join(count, ", ", k => $"q{k}")};");
        text.Line($"long all = {CSharpText.Join(count, " & ", k => $"(q{k} = (long)({Level(begin + k, $"x[{begin + k}]")}))")};");
        text.Block("if (all >> 8 != -1L)", () =>
        {
            text.Line($"ToLevels(x, {begin}, {begin + count});");
            for (int k = 0; k < count; k++)
            {
                text.Line($"q{k} = levels[{begin + k}] - 256;");
            }
        });
        text.Blank();
    }

    private void Block(CSharpText text, int begin, int count, int from, int to, bool begins)
    {
        Levels(text, begin, count);
        text.Line("long[] s = digits;");
        for (int group = from; group < to; group++)
        {
            text.Line($"s[{group}] = {(begin == 0 ? "" : $"s[{group}] + ")}{Lanes(group, begin, count, begins)};");
        }
    }

    /// <summary>Times 1 changes no bit and is left out: whole numbers from 0 to 255 are their own levels.</summary>
    private string Level(int input, string x) =>
        $"{x}{(first.GetInputScale(input) == 1f ? "" : $" * {CSharpText.Float(first.GetInputScale(input))}")} + {CSharpText.Float(first.GetInputOffset(input))}";

    /// <summary>The levels of inputs of which some are outside the range of calibration, or NaN.</summary>
    private void ToLevels(CSharpText text)
    {
        bool each = first.InputForm() == InputForm.LevelsEach;
        if (each)
        {
            text.Line($"private static readonly float[] scales = {{ {CSharpText.Join(first.Inputs, ", ", k => CSharpText.Float(first.GetInputScale(k)))} }};");
            text.Line($"private static readonly float[] offsets = {{ {CSharpText.Join(first.Inputs, ", ", k => CSharpText.Float(first.GetInputOffset(k)))} }};");
            text.Blank();
        }

        text.Block("private static void ToLevels(float[] x, int from, int to)", () => text.Block("for (int i = from; i < to; i++)", () =>
        {
            text.Line($"float number = {(each ? "x[i] * scales[i] + offsets[i]" : Level(0, "x[i]"))};");
            text.Block("if (!(number < -1f) && !(-1f <= number))", () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a number.\", \"inputs\");"));
            text.Blank();
            text.Line("levels[i] = (byte)(number <= -256f ? 0 : -1f <= number ? 255 : (int)number + 256);");
        }));
    }

    private void Empty(CSharpText text) => text.Block("private static void Empty(bool begin)", () =>
        text.Block($"for (int i = 0; i < {first.Groups()}; i++)", () =>
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
            text.Line("const long ones = 1L | 1L << 21 | 1L << 43;");
            text.Line($"const long room = ones * {Room(layer)}L;");
            text.Line("long[] d = digits;");
            text.Line("long s;");
            text.Line("long m;");
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

    private static void Rows(CSharpText text, DigitDenseLayer layer, int from, int to, bool last)
    {
        int longs = (layer.Inputs + 2) / 3;
        int span = Int8Blocks.OfDigits(layer.Inputs) == MostDigits ? longs : Int8Blocks.OfDigits(layer.Inputs) / 3;
        for (int k = 0; k < longs; k++)
        {
            text.Line($"long d{k} = digits[{k}];");
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
