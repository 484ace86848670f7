using Tiny.Core;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;

namespace Tiny.Training.Export.CSharp;

/// <summary>The int8 layers as straight-line code over the same packed longs that the core's kernels multiply.</summary>
internal sealed class PackedSource
{
    /// <summary>Bytes of IL of a long: constant, local, multiplication, addition.</summary>
    internal const int BytesEach = 13;

    private const int MostMethodBytes = 24_000;
    private const int MostLocals = 190;

    private readonly Network network;
    private readonly PackedLayer[] layers;
    private readonly OutputPackedLayer first;

    internal PackedSource(Network network)
    {
        this.network = network;
        layers = network.packed.layers;
        first = network.packed.First;
    }

    /// <summary>Whether what the layers give must stand elsewhere than in the outputs: float32 layers follow, or maxout takes two sums to an output.</summary>
    private bool UsesValues => network.CanLearn || layers[^1].Rows != network.Outputs;

    /// <summary>
    /// Whether two layers with ReLU between them are small enough for one method: then lanes and digits stay in locals and need no arrays.
    /// </summary>
    private bool InOne => layers.Length == 2 && Blocks.Count == 1 && first.table is null
        && first.Inputs + first.Groups <= MostLocals && layers[1].Inputs <= InputPackedForward.Widest
        && layers.Sum(layer => layer.weights.Sum(array => array.Length)) * BytesEach <= MostMethodBytes;

    internal void Fields(CSharpText text)
    {
        int widest = layers.Max(layer => layer.Rows);
        text.Line("private static readonly byte[] levels = new byte[Inputs];");
        if (!InOne)
        {
            text.Line($"private static readonly long[] digits = new long[{(widest + 2) / 3}];");
            text.Line($"private static readonly int[] sums = new int[{(widest + 2) / 3 * 3}];");
        }

        if (UsesValues)
        {
            text.Line($"private static readonly float[] values = new float[{layers[^1].Rows}];");
        }

        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].table is sbyte[] table)
            {
                text.Line($"private static readonly sbyte[] table{i} = {{ {string.Join(", ", table)} }};");
            }
        }

        text.Blank();
    }

    /// <summary>The calls that leave the sums of the last int8 layer in outputs, or its outputs in values where float32 layers follow.</summary>
    internal void Call(CSharpText text)
    {
        string z = UsesValues ? "values" : "outputs";
        if (InOne)
        {
            text.Line($"RunPacked(inputs, {z});");
            AfterLast(text);
            return;
        }

        int part = 0;
        for (int block = 0; block < Blocks.Count; block++)
        {
            foreach ((int from, int to) in Chunks(Blocks[block].Width, first.Groups))
            {
                text.Line($"First{part++}(inputs);");
            }

            if (block < Blocks.Count - 1 && (first.emptied >> block & 1) != 0)
            {
                text.Line($"Empty({(IsFirstEmptying(block) ? "true" : "false")});");
            }
        }

        bool emptied = first.emptied != 0;
        for (int i = 0; i < layers.Length; i++)
        {
            PackedLayer layer = layers[i];
            bool last = i == layers.Length - 1;
            if (i == 0 && !(layer.table is null && !last && !emptied))
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
                    text.Line($"{z}[{row}] = sums[{row}] * {CSharpText.Float(layer.scales[row])};");
                }
            }

            if (!last)
            {
                text.Line($"Digits{i}();");
            }
        }

        AfterLast(text);
    }

    private void AfterLast(CSharpText text)
    {
        if (UsesValues)
        {
            ActivationSource.Apply(text, layers[^1], "values");
            if (!network.CanLearn)
            {
                text.Line("Array.Copy(values, outputs, Outputs);");
            }
        }
    }

    internal void Methods(CSharpText text)
    {
        if (InOne)
        {
            text.Blank();
            text.Block("private static void RunPacked(float[] x, float[] z)", () => One(text));
            text.Blank();
            ToLevels(text);
            return;
        }

        int part = 0;
        int array = 0;
        foreach ((int begin, int width) in Blocks)
        {
            foreach ((int from, int to) in Chunks(width, first.Groups))
            {
                int arrays = array;
                text.Blank();
                text.Block($"private static void First{part++}(float[] x)", () => Block(text, begin, Math.Min(width, first.Inputs - begin), arrays, from, to, begin == 0));
            }

            array += first.Groups;
        }

        text.Blank();
        ToLevels(text);
        bool emptied = first.emptied != 0;
        if (emptied || layers.Length == 1 || first.table is not null)
        {
            text.Blank();
            Empty(text);
        }

        if (layers.Any(layer => layer.table is not null))
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
                    text.Block($"private static void Sums{i}Part{chunk}({(last ? "float[] z" : "")})", () => Rows(text, (InputPackedLayer)layers[layer], from, to, last));
                }
            }

            if (!last)
            {
                int layer = i;
                text.Blank();
                text.Block($"private static void Digits{i}()", () => Digits(text, layer, layer == 0 && layers[0].table is null && !emptied));
            }
        }
    }

    /// <summary>Where each block of inputs begins, and the width of its kernel.</summary>
    private List<(int Begin, int Width)> Blocks
    {
        get
        {
            List<(int, int)> blocks = [];
            for (int at = 0; at < first.Inputs; at += OutputPackedForward.WidthFor(first.Inputs - at))
            {
                blocks.Add((at, OutputPackedForward.WidthFor(first.Inputs - at)));
            }

            return blocks;
        }
    }

    private bool IsFirstEmptying(int block) => (first.emptied & ((1 << block) - 1)) == 0;

    private static IEnumerable<(int From, int To)> Chunks(int longs, int groups)
    {
        int each = Math.Max(1, MostMethodBytes / BytesEach / longs);
        for (int from = 0; from < groups; from += each)
        {
            yield return (from, Math.Min(groups, from + each));
        }
    }

    private static IReadOnlyList<(int From, int To)> RowChunks(PackedLayer layer) => [.. Chunks((layer.Inputs + 2) / 3, layer.Rows)];

    private void One(CSharpText text)
    {
        Levels(text, 0, first.Inputs);
        text.Line("const long ones = 1L | 1L << 21 | 1L << 43;");
        text.Line($"const long room = ones * {Room(first)}L;");
        text.Line("long m;");
        for (int group = 0; group < first.Groups; group++)
        {
            text.Line($"long d{group} = {Lanes(first.weights[group], first.Inputs)};");
            Rectify(text, $"d{group}", first.shifts[0]);
        }

        text.Blank();
        for (int row = 0; row < layers[1].Rows; row++)
        {
            text.Line($"z[{row}] = {DigitSum(layers[1].weights[row], 0, (layers[1].Inputs + 2) / 3)} * {CSharpText.Float(layers[1].scales[row])};");
        }
    }

    /// <summary>What 2^20 less the first sum that saturates is.</summary>
    private static int Room(PackedLayer layer) => PackedLayer.LaneLimit - ((PackedLayer.LargestDigit + 1) << layer.shifts[0]);

    private static string Lanes(long[] weights, int count) =>
        CSharpText.Long(weights[0]) + string.Concat(Enumerable.Range(0, count).Select(k => $" + {CSharpText.Long(weights[1 + k])} * q{k}"));

    private static string DigitSum(long[] weights, int begin, int count) =>
        $"(int)(({CSharpText.Long(weights[0])}{string.Concat(Enumerable.Range(0, count).Select(k => $" + {CSharpText.Long(weights[1 + k])} * d{begin + k}"))}) >> 43)";

    /// <summary>Lanes to digits in a local, as OutputPackedLayer does.</summary>
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

    private void Block(CSharpText text, int begin, int count, int array, int from, int to, bool begins)
    {
        Levels(text, begin, count);
        text.Line("long[] s = digits;");
        for (int group = from; group < to; group++)
        {
            long[] weights = first.weights[array + group];
            bool carries = !begins;
            text.Line($"s[{group}] = {(carries ? $"s[{group}] + " : "")}{Lanes(weights, count)};");
        }
    }

    /// <summary>Times 1 changes no bit and is left out: whole numbers from 0 to 255 are their own levels.</summary>
    private string Level(int input, string x) =>
        $"{x}{(first.GetInputScale(input) == 1f ? "" : $" * {CSharpText.Float(first.GetInputScale(input))}")} + {CSharpText.Float(first.GetInputOffset(input))}";

    /// <summary>The levels of inputs of which some are outside the range of calibration, or NaN.</summary>
    private void ToLevels(CSharpText text)
    {
        bool each = first.InputForm == InputForm.LevelsEach;
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
        text.Block($"for (int i = 0; i < {first.Groups}; i++)", () =>
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
        PackedLayer layer = layers[i];
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
                Rectify(text, "s", layer.shifts[0]);
                text.Line($"d[{group}] = s;");
            }

            return;
        }

        text.Line("int[] s = sums;");
        for (int row = 0; row < layer.Rows; row++)
        {
            text.Line(layer.table is null
                ? $"s[{row}] = s[{row}] <= 0 ? 0 : s[{row}] >> {layer.shifts[0]} > 127 ? 127 : s[{row}] >> {layer.shifts[0]};"
                : $"s[{row}] = table{i}[Step((s[{row}] >> {layer.shifts[row]}) + 128)];");
        }

        for (int group = 0; group < groups; group++)
        {
            string digits = string.Join(" + ", Enumerable.Range(3 * group, Math.Min(3, layer.Rows - 3 * group))
                .Select(row => row % 3 == 0 ? $"s[{row}]" : $"((long)s[{row}] << {(row % 3 == 1 ? 21 : 43)})"));
            text.Line($"digits[{group}] = {digits};");
        }
    }

    private static void Rows(CSharpText text, InputPackedLayer layer, int from, int to, bool last)
    {
        int longs = (layer.Inputs + 2) / 3;
        int span = InputPackedLayer.Span(layer.Inputs) == InputPackedForward.Widest ? longs : InputPackedLayer.Span(layer.Inputs) / 3;
        for (int k = 0; k < longs; k++)
        {
            text.Line($"long d{k} = digits[{k}];");
        }

        for (int row = from; row < to; row++)
        {
            List<string> sums = [];
            for (int begin = 0; begin < longs; begin += span)
            {
                long[] weights = layer.weights[begin / span * layer.Rows + row];
                sums.Add(DigitSum(weights, begin, Math.Min(span, longs - begin)));
            }

            string sum = string.Join(" + ", sums);
            text.Line(last
                ? $"z[{row}] = {(sums.Count == 1 ? sum : $"({sum})")} * {CSharpText.Float(layer.scales[row])};"
                : $"sums[{row}] = {sum};");
        }
    }
}
