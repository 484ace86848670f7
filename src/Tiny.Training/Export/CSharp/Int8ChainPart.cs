using Tiny.Convolution.Int8;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Int8 layers from the sample's levels on. What passes between layers are bytes and the byte that counts as 0;
/// averages and dense layers give digits as bytes too. Sums are exact in whole numbers, so how they are packed
/// is free: three rows of weights in a long, lanes from bits 0, 21 and 42.
/// </summary>
internal sealed class Int8ChainPart : SourcePart
{
    /// <summary>Bytes of IL of a weight, a third of a constant, a multiplication and an addition.</summary>
    internal const int BytesEach = 5;

    private readonly SourceContext context;
    private readonly List<Int8Stage> stages = [];
    private readonly float[] scaling;

    internal Int8ChainPart(SourceContext context)
    {
        this.context = context;
        scaling = ((ByteLayer)context.Layers[0]).LevelScaling;
        Layer[] layers = [.. context.Layers];
        string from = "levels";
        int zero = ((ByteLayer)layers[0]).Zero;
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i] is Int8VectorLayer { Kind: Int8Vector.FlattenCode } && i < layers.Length - 1)
            {
                continue; // dense layers read bytes as they stand
            }

            Int8Stage stage = layers[i] switch
            {
                FilterLayer filters => new Int8FilterStage(filters, i),
                Int8PoolingLayer pool => new Int8PoolStage(pool, i),
                Int8VectorLayer vector => new Int8VectorStage(vector, i),
                _ => new Int8DenseStage((DigitDenseLayer)layers[i], i),
            };
            stage.From = from;
            stage.Zero = zero;
            stages.Add(stage);
            from = $"bytes{i}";
            zero = stage.GivenZero;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Support => stages[^1].Support;

    /// <inheritdoc/>
    public override void Fields(CSharpText text)
    {
        text.Line("private static readonly byte[] levels = new byte[Inputs];");
        foreach (Int8Stage stage in stages)
        {
            stage.Fields(text);
        }
    }

    /// <inheritdoc/>
    public override void Call(CSharpText text, string x, string z)
    {
        text.Line($"ToLevels({x});");
        foreach (Int8Stage stage in stages)
        {
            stage.Call(text, z);
        }
    }

    /// <inheritdoc/>
    public override void Methods(CSharpText text)
    {
        ToLevels(text);
        foreach (Int8Stage stage in stages)
        {
            stage.Methods(text);
        }
    }

    private void ToLevels(CSharpText text)
    {
        int inputs = context.Layers[0].Inputs;
        bool each = scaling.Length > 2;
        text.Blank();
        if (each)
        {
            text.Line("private static readonly float[] scales = "
                + $"{{ {CSharpText.Join(inputs, ", ", k => CSharpText.Float(scaling[2 * k]))} }};");
            text.Line("private static readonly float[] offsets = "
                + $"{{ {CSharpText.Join(inputs, ", ", k => CSharpText.Float(scaling[2 * k + 1]))} }};");
            text.Blank();
        }

        string number = each ? "x[i] * scales[i] + offsets[i]"
            : $"x[i]{(scaling[0] == 1f ? "" : $" * {CSharpText.Float(scaling[0])}")} + {CSharpText.Float(scaling[1])}";
        text.Block("private static void ToLevels(float[] x)", () =>
        {
            text.Line("byte[] to = levels;");
            text.Line("long all = -1L;");
            text.Line($"int i = {inputs};");
            text.Line("do");
            text.Line("{");
            text.Line("    i--;");
            text.Line($"    long level = (long)({number});");
            text.Line("    all &= level;");
            text.Line("    to[i] = (byte)level;");
            text.Line("}");
            text.Line("while (i != 0);");
            text.Line("if (all >> 8 != -1L) Hold(x);");
        });
        text.Blank();
        text.Line("// Where a value is outside the range of calibration, or no number. From -256 to -1 all higher bits of a level are 1, "
            + "and no board converts NaN to such a number.");
        text.Block("private static void Hold(float[] x)", () =>
        {
            text.Line("byte[] to = levels;");
            text.Block($"for (int i = 0; i < {inputs}; i++)", () =>
            {
                text.Line($"float number = {number};");
                text.Line("if (number < -1f && -256f < number) continue;");
                text.Blank();
                text.Block("if (!(number < -1f) && !(-1f <= number))",
                    () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a number.\", \"inputs\");"));
                text.Blank();
                text.Line("to[i] = (byte)(-1f <= number ? 255 : 0);");
            });
        });
    }
}
