using Tiny.Desk;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>A dense first int8 layer: blocks of inputs, over chunks of groups.</summary>
internal sealed class DenseLevelSource(LevelDenseLayer first) : LevelSource(first, first.Scaling)
{
    /// <inheritdoc/>
    internal override int Locals => Inputs;

    /// <inheritdoc/>
    internal override bool IsOneBlock => Blocks.Count == 1;

    /// <inheritdoc/>
    internal override int Emptied => first.Emptied;

    /// <summary>Where each block of inputs begins, and the width of its kernel.</summary>
    private List<(int Begin, int Width)> Blocks
    {
        get
        {
            List<(int, int)> blocks = [];
            for (int at = 0; at < Inputs; at += Int8Blocks.OfLevels(Inputs - at))
            {
                blocks.Add((at, Int8Blocks.OfLevels(Inputs - at)));
            }

            return blocks;
        }
    }

    /// <inheritdoc/>
    internal override void Calls(CSharpText text, string x)
    {
        int part = 0;
        for (int block = 0; block < Blocks.Count; block++)
        {
            foreach ((int from, int to) in Int8DensePart.Chunks(Blocks[block].Width, Groups))
            {
                text.Line($"First{part++}({x});");
            }

            if (block < Blocks.Count - 1 && (Emptied >> block & 1) != 0)
            {
                text.Line($"Empty({((Emptied & ((1 << block) - 1)) == 0 ? "true" : "false")});");
            }
        }
    }

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        int part = 0;
        for (int block = 0; block < Blocks.Count; block++)
        {
            (int begin, int width) = Blocks[block];
            bool begins = block == 0 || (Emptied >> (block - 1) & 1) != 0;
            foreach ((int from, int to) in Int8DensePart.Chunks(width, Groups))
            {
                text.Blank();
                text.Block($"private static void First{part++}(float[] x)",
                    () => Block(text, begin, Math.Min(width, Inputs - begin), from, to, begins));
            }
        }
    }

    /// <inheritdoc/>
    internal override void Load(CSharpText text) => Levels(text, 0, Inputs);

    /// <inheritdoc/>
    internal override string Lanes(int group) => Lanes(group, 0, Inputs, true);

    /// <summary>The sums of three rows in the lanes of a long, over some inputs: what the lanes begin with, then the weights.</summary>
    private string Lanes(int group, int begin, int count, bool begins)
    {
        long[] weights = [.. Enumerable.Range(begin, count).Select(input => Packed(group, row => first.WholeWeight(row, input)))];
        long start = LevelDenseLayer.MiddleLevel * weights.Sum() + (begins ? unchecked(Ones * Int8Layer.LaneLimit) : 0)
            + (begin == 0 ? Packed(group, first.WholeBias) : 0);
        return CSharpText.Long(start)
            + string.Concat(weights.Select((weight, k) => weight == 0 ? "" : $" + {CSharpText.Long(weight)} * q{k}"));
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
}
