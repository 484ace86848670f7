using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>How a first int8 layer is written: from inputs to the lanes of groups of three rows.</summary>
/// <param name="layer">The layer.</param>
/// <param name="scaling">Scale and offset of all inputs, or of each.</param>
internal abstract class LevelSource(Int8Layer layer, float[] scaling)
{
    protected const int MostLocals = 190;
    protected const long Ones = 1L | 1L << 21 | 1L << 43;

    /// <summary>Inputs that are locals.</summary>
    internal abstract int Locals { get; }

    /// <summary>Whether one method could take all inputs.</summary>
    internal abstract bool IsOneBlock { get; }

    /// <summary>Bit b: the lanes are emptied after block b.</summary>
    internal virtual int Emptied => 0;

    /// <summary>Whether the sample may come as bytes.</summary>
    internal virtual bool TakesLevels => false;

    /// <summary>The parameters of the methods that take the sample.</summary>
    internal virtual string Parameters => "float[] x";

    protected int Rows => layer.Rows;

    protected int Inputs => layer.Inputs;

    protected int Groups => (Rows + 2) / 3;

    /// <summary>The calls that leave the lanes in the array of digits.</summary>
    internal abstract void Calls(CSharpText text, string x);

    /// <summary>The methods that are called.</summary>
    internal abstract void Methods(CSharpText text);

    /// <summary>All inputs into locals.</summary>
    internal abstract void Load(CSharpText text);

    /// <summary>The lanes of a group over all inputs, as an expression.</summary>
    internal abstract string Lanes(int group);

    /// <summary>A number of each of the rows of a group, in its lane.</summary>
    protected long Packed(int group, Func<int, int> of)
    {
        int row = 3 * group;
        return of(row) + (row + 1 < Rows ? (long)of(row + 1) << 21 : 0) + (row + 2 < Rows ? (long)of(row + 2) << 43 : 0);
    }

    /// <summary>
    /// An input as a level less 256. Times 1 changes no bit and is left out: whole numbers from 0 to 255 are their own levels.
    /// </summary>
    protected string Level(int input, string x) =>
        $"{x}{(ScaleOf(input) == 1f ? "" : $" * {CSharpText.Float(ScaleOf(input))}")} + {CSharpText.Float(OffsetOf(input))}";

    /// <summary>The levels of inputs of which some are outside the range of calibration, or NaN.</summary>
    internal virtual void ToLevels(CSharpText text)
    {
        if (scaling.Length != 2)
        {
            text.Line("private static readonly float[] scales = "
                + $"{{ {CSharpText.Join(Inputs, ", ", k => CSharpText.Float(ScaleOf(k)))} }};");
            text.Line("private static readonly float[] offsets = "
                + $"{{ {CSharpText.Join(Inputs, ", ", k => CSharpText.Float(OffsetOf(k)))} }};");
            text.Blank();
        }

        Body(text);
    }

    /// <summary>The method itself.</summary>
    protected virtual void Body(CSharpText text) =>
        text.Block("private static void ToLevels(float[] x, int from, int to)",
        () => text.Block("for (int i = from; i < to; i++)", () => ToLevel(text)));


    /// <summary>The level of input i.</summary>
    protected void ToLevel(CSharpText text)
    {
        text.Line($"float number = {(scaling.Length != 2 ? "x[i] * scales[i] + offsets[i]" : Level(0, "x[i]"))};");
        text.Block("if (!(number < -1f) && !(-1f <= number))",
            () => text.Line("throw new ArgumentException(\"inputs[\" + i + \"] is not a number.\", \"inputs\");"));
        text.Blank();
        text.Line("levels[i] = (byte)(number <= -256f ? 0 : -1f <= number ? 255 : (int)number + 256);");
    }

    private float ScaleOf(int input) => scaling[scaling.Length == 2 ? 0 : 2 * input];

    private float OffsetOf(int input) => scaling[scaling.Length == 2 ? 1 : 2 * input + 1];
}
