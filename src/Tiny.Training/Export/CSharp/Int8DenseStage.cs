using Tiny.Convolution.Int8;
using Tiny.Core.Activations;
using Tiny.Desk;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>Int8 dense layers behind bytes as source: three rows to an expression, over as many inputs as their lanes hold.</summary>
internal sealed class Int8DenseStage : Int8Stage
{
    private const int MostLocals = 190;
    private const int MostMethodBytes = 20_000;

    private readonly DigitDenseLayer layer;
    private readonly int[][] weights; // (rows)(inputs)

    internal Int8DenseStage(DigitDenseLayer layer, int number)
        : base(number)
    {
        this.layer = layer;
        weights = [.. Enumerable.Range(0, layer.Rows)
            .Select(row => Enumerable.Range(0, layer.Inputs).Select(input => layer.WholeWeight(row, input)).ToArray())];
    }

    /// <inheritdoc/>
    internal override int GivenZero => layer.Activation == Activation.Relu ? 0 : ByteKind.Middle;

    /// <inheritdoc/>
    internal override IEnumerable<string> Support => SupportSource.Of(layer.Activation);

    private bool GivesFloats => layer.Scales is not null;

    private bool UsesRows => layer.Rows != layer.Outputs;

    private string Sums => $"sums{Number}";

    /// <inheritdoc/>
    internal override void Fields(CSharpText text)
    {
        text.Line($"private static readonly int[] {Sums} = new int[{layer.Rows}];");
        if (!GivesFloats)
        {
            text.Line($"private static readonly byte[] {To} = new byte[{layer.Outputs}];");
        }
        else if (UsesRows)
        {
            text.Line($"private static readonly float[] rows{Number} = new float[{layer.Rows}];");
        }

        Table(text, GivesFloats ? null : layer.Table);
    }

    /// <inheritdoc/>
    internal override void Call(CSharpText text, string z)
    {
        for (int i = 0; i < Cuts.Count; i++)
        {
            text.Line($"Dense{Number}Part{i}({From});");
        }

        if (!GivesFloats)
        {
            text.Line($"Digits{Number}({To});");
            return;
        }

        string rows = UsesRows ? $"rows{Number}" : z;
        text.Line($"Floats{Number}({rows});");
        ActivationSource.Apply(text, layer.Activation, layer.ActivationParameter, layer.Rows, rows);
        if (UsesRows)
        {
            text.Line($"Array.Copy({rows}, {z}, {layer.Outputs});");
        }
    }

    /// <inheritdoc/>
    internal override void Methods(CSharpText text)
    {
        IReadOnlyList<MethodCut> cuts = Cuts;
        for (int i = 0; i < cuts.Count; i++)
        {
            MethodCut cut = cuts[i];
            text.Blank();
            text.Block($"private static void Dense{Number}Part{i}(byte[] x)", () => Part(text, cut));
        }

        text.Blank();
        if (GivesFloats)
        {
            text.Block($"private static void Floats{Number}(float[] z)", () =>
            {
                for (int row = 0; row < layer.Rows; row++)
                {
                    text.Line($"z[{row}] = {Sums}[{row}] * {CSharpText.Float(layer.Scales[row])};");
                }
            });
            return;
        }

        text.Block($"private static void Digits{Number}(byte[] z)", () =>
        {
            text.Line("int v;");
            for (int row = 0; row < layer.Rows; row++)
            {
                text.Line($"v = {Sums}[{row}];");
                text.Line($"z[{row}] = {Byte(layer.Activation, layer.Shifts[layer.Activation == Activation.Relu ? 0 : row])};");
            }
        });
        Step(text, layer.Table);
    }

    /// <summary>Inputs as far as no lane can overflow, groups of rows as far as a method goes.</summary>
    private List<MethodCut> Cuts
    {
        get
        {
            List<MethodCut> cuts = [];
            int groups = (layer.Rows + 2) / 3;
            for (int from = 0; from < layer.Inputs;)
            {
                int to = from + 1;
                while (to < layer.Inputs && to - from < MostLocals && Fits(from, to + 1))
                {
                    to++;
                }

                int most = Math.Max(1, MostMethodBytes / (3 * Int8ChainPart.BytesEach * (to - from + 1)));
                for (int group = 0; group < groups; group += most)
                {
                    cuts.Add(new MethodCut(from, to, group, Math.Min(groups, group + most)));
                }

                from = to;
            }

            return cuts;
        }
    }

    private bool Fits(int from, int to) => Enumerable.Range(0, layer.Rows).All(row =>
        Math.Abs((long)layer.WholeBias(row)) + 128L * weights[row].Skip(from).Take(to - from).Sum(weight => (long)Math.Abs(weight))
        < Int8Layer.LaneLimit);

    private void Part(CSharpText text, MethodCut cut)
    {
        for (int k = cut.From; k < cut.To; k++)
        {
            text.Line($"long x{k} = x[{k}];");
        }

        text.Line($"int[] s = {Sums};");
        text.Line("long packed;");
        for (int group = cut.FirstRow; group < cut.EndRow; group++)
        {
            int first = 3 * group;
            long start = Packed(lane => (1L << 20) + (first + lane < layer.Rows
                ? (cut.From == 0 ? layer.WholeBias(first + lane) : 0) - (long)Zero * weights[first + lane][cut.From..cut.To].Sum()
                : 0));
            string terms = string.Concat(Enumerable.Range(cut.From, cut.To - cut.From)
                .Select(k => $" + {CSharpText.Long(Packed(lane => first + lane < layer.Rows ? weights[first + lane][k] : 0))} * x{k}"));
            text.Line($"packed = {CSharpText.Long(start)}{terms};");
            for (int lane = 0; lane < 3 && first + lane < layer.Rows; lane++)
            {
                text.Line($"s[{first + lane}] {(cut.From == 0 ? "=" : "+=")} ({Lane("packed", lane)});");
            }
        }
    }
}
