namespace Tiny.Training.Export.CSharp;

/// <summary>
/// What stands beside a first layer that takes the sample as it is: its inputs are looked at
/// one by one only where a sum is out of all measure, or no number.
/// </summary>
internal static class RawSource
{
    /// <summary>The array for inputs that are held.</summary>
    internal const string Array = "held";

    internal static void Fields(CSharpText text, DenseRows layer)
    {
        text.Line($"private static readonly float[] {Array} = new float[Inputs];");
        text.Line($"private static readonly ushort[] read = {{ {string.Join(", ", layer.Read)} }};");
    }

    /// <summary>The methods that hold the inputs, and look at the sums where those stand in an array.</summary>
    internal static void Methods(CSharpText text, int rows, bool inOne)
    {
        text.Blank();
        text.Block("private static void Hold(float[] x)", () => text.Block("for (int i = 0; i < read.Length; i++)", () =>
        {
            text.Line("float value = x[read[i]];");
            text.Line($"{Array}[read[i]] = value * value < 1E+24f ? value : Held(value, value, read[i]);");
        }));
        if (inOne)
        {
            return;
        }

        text.Blank();
        text.Block("private static bool IsOrdinary(float[] z)", () =>
        {
            text.Block($"for (int i = {rows - 1}; i >= 0; i--)", () =>
            {
                text.Line("float value = z[i];");
                text.Block("if (!(value * value < 1E+24f))", () => text.Line("return false;"));
            });
            text.Blank();
            text.Line("return true;");
        });
    }

    /// <summary>The same of sums in locals: what is below the limit together is so one by one, and the rest is looked at anew.</summary>
    internal static void Check(CSharpText text, string[] sums, string run)
    {
        string together = string.Join(" + ", sums.Select(sum => $"{sum} * {sum}"));
        string each = string.Join(" && ", sums.Select(sum => $"{sum} * {sum} < 1E+24f"));
        text.Block($"if (!({together} < 1E+24f) && x != {Array} && !({each}))", () =>
        {
            text.Line("Hold(x);");
            text.Line($"{run}({Array}, outputs);");
            text.Line("return;");
        });
        text.Blank();
    }
}
