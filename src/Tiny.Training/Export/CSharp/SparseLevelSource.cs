using Tiny.Int8;
using Tiny.Sparse.Int8;
using Tiny.Sparse.Int8.Saving;
using Tiny.Training.Pruning;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// A first int8 layer of which only some weights are there: each input that is read is loaded once a
/// method, from floats or from bytes, and three rows share a multiplication.
/// </summary>
internal sealed class SparseLevelSource(SparseLevelLayer first) : LevelSource(first, first.Scaling)
{
    private const int MostInputs = 198; // 200 locals have been tried on boards

    private readonly float[][] weights = SparseWeights.Of(first);
    private readonly int[] read = [.. first.Index.Used.Take(first.Index.UsedCount).Select(input => (int)input)];

    /// <inheritdoc/>
    internal override int Locals => read.Length;

    /// <inheritdoc/>
    internal override bool IsOneBlock => true;

    /// <inheritdoc/>
    internal override bool TakesLevels => true;

    /// <inheritdoc/>
    internal override string Parameters => "float[] x, byte[] given";

    private int Parts => Math.Max(1, (read.Length + MostInputs - 1) / MostInputs);

    /// <summary>Inputs of a method: as many as the others have.</summary>
    private int Each => (read.Length + Parts - 1) / Parts;

    /// <inheritdoc/>
    internal override void Calls(CSharpText text, string x)
    {
        for (int part = 0; part < Parts; part++)
        {
            text.Line($"First{part}({x});");
        }
    }

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        for (int part = 0; part < Parts; part++)
        {
            int[] inputs = InputsOf(part);
            bool begins = part == 0;
            text.Blank();
            text.Block($"private static void First{part}({Parameters})", () =>
            {
                Load(text, inputs);
                text.Line("long[] s = digits;");
                for (int group = 0; group < Groups; group++)
                {
                    string terms = Terms(group, inputs);
                    if (terms.Length > 0 || begins)
                    {
                        text.Line($"s[{group}] = {(begins ? Start(group) : $"s[{group}]")}{terms};");
                    }
                }
            });
        }
    }

    /// <inheritdoc/>
    internal override void Load(CSharpText text) => Load(text, read);

    /// <inheritdoc/>
    internal override string Lanes(int group) => Start(group) + Terms(group, read);

    /// <inheritdoc/>
    internal override void ToLevels(CSharpText text)
    {
        text.Line($"private static readonly ushort[] read = {{ {string.Join(", ", read)} }};");
        text.Blank();
        base.ToLevels(text);
    }

    /// <inheritdoc/>
    protected override void Body(CSharpText text) =>
        text.Block("private static void ToLevels(float[] x)", () => text.Block("for (int k = 0; k < read.Length; k++)", () =>
    {
        text.Line("int i = read[k];");
        ToLevel(text);
    }));

    private int[] InputsOf(int part) => [.. read.Skip(part * Each).Take(Each)];

    /// <summary>What the lanes of a group begin with: of levels less 256, or of levels.</summary>
    private string Start(int group)
    {
        long less = LevelDenseLayer.MiddleLevel * read.Sum(input => Weight(group, input));
        long middle = unchecked(Ones * Int8Layer.LaneLimit) + Packed(group, row => SparseLevelUnpacker.BiasOf(first, row));
        return less == 0 ? CSharpText.Long(middle) : $"(x == null ? {CSharpText.Long(middle - less)} : {CSharpText.Long(middle + less)})";
    }

    private long Weight(int group, int input) => Packed(group, row => (int)weights[row][input]);

    private string Terms(int group, int[] inputs) =>
        string.Concat(inputs.Select(input => (input, Weight: Weight(group, input))).Where(term => term.Weight != 0)
        .Select(term => $" + {CSharpText.Long(term.Weight)} * q{term.input}"));

    /// <summary>Inputs into locals: floats as levels less 256, bytes as they are.</summary>
    private void Load(CSharpText text, int[] inputs)
    {
        if (inputs.Length == 0)
        {
            return;
        }

        text.Line($"long {string.Join(", ", inputs.Select(k => $"q{k}"))};");
        text.Block("if (x == null)", () =>
        {
            foreach (int k in inputs)
            {
                text.Line($"q{k} = given[{k}];");
            }
        });
        text.Block("else", () =>
        {
            text.Line($"long all = {string.Join(" & ", inputs.Select(k => $"(q{k} = (long)({Level(k, $"x[{k}]")}))"))};");
            text.Block("if (all >> 8 != -1L)", () =>
            {
                text.Line("ToLevels(x);");
                foreach (int k in inputs)
                {
                    text.Line($"q{k} = levels[{k}] - 256;");
                }
            });
        });
        text.Blank();
    }
}
