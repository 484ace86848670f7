using System.Globalization;
using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>Figures for people, in the invariant culture.</summary>
internal static class Format
{
    private const int BarWidth = 30;

    /// <summary>
    /// At least four significant digits, however small: 1234.5, 0.9400, 0.02610, 2.31e-05; 0 is exactly 0, and "-" is none.
    /// </summary>
    internal static string Number(double value)
    {
        string format = Math.Abs(value) switch
        {
            0 => "0",
            < 0.001 or >= 1e7 => "0.###e+00",
            < 0.01 => "0.000000",
            < 0.1 => "0.00000",
            < 100 => "0.0000",
            _ => "0.0",
        };
        return double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
    }

    /// <summary>A share as a percentage, or "-" where there is none.</summary>
    internal static string Percent(double share) =>
        double.IsNaN(share) ? "-" : (100 * share).ToString(IsSmall(100 * share) ? "G2" : "0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Bytes in the unit that reads best.</summary>
    internal static string Bytes(long bytes) =>
        bytes < 10_000 ? bytes.ToString("#,0", CultureInfo.InvariantCulture) + " bytes"
        : (bytes / 1024.0).ToString("0.0", CultureInfo.InvariantCulture) + " KB";

    /// <summary>A whole number with its thousands apart.</summary>
    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun, in the plural where need be.</summary>
    internal static string Count(long count, string noun) => Count(count) + " " + noun
        + (count == 1 ? "" : noun.EndsWith("ss") ? "es" : "s");

    /// <summary>Accuracy, of uneven classes the balanced accuracy too, or RMSE and R2; the loss if it is known.</summary>
    internal static string Result(EvaluationResult result)
    {
        string figures = result.Confusion is ConfusionMatrix confusion
            ? $"accuracy {Number(confusion.Accuracy)}"
            + $"{(confusion.IsUneven ? $"  balanced accuracy {Number(confusion.BalancedAccuracy)}" : "")}"
            : $"RMSE {Number(result.Errors!.Rmse)}  R2 {Number(result.Errors.R2)}";
        return result.Loss is double loss ? $"{figures}  loss {Number(loss)}" : figures;
    }

    /// <summary>A time in the unit that reads best.</summary>
    internal static string Milliseconds(double seconds) => seconds switch
    {
        < 0.001 => (1e6 * seconds).ToString("0", CultureInfo.InvariantCulture) + " us",
        < 1 => (1e3 * seconds).ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        _ => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
    };

    /// <summary>A number as short as it goes.</summary>
    internal static string Plain(double value) => value.ToString(IsSmall(value) ? "G2" : "0.##", CultureInfo.InvariantCulture);

    /// <summary>Counts as a row of little bars, the largest full; nothing where there is none.</summary>
    internal static string Spark(int[] counts)
    {
        const string Bars = " ▁▂▃▄▅▆▇█";
        int most = counts.Max();
        return string.Concat(counts.Select(
            count => count == 0 ? ' ' : Bars[Math.Max(1, (int)Math.Round((double)count / most * (Bars.Length - 1)))]));
    }

    /// <summary>
    /// A signal as a row of little bars, the lowest at the least value of a scale and the highest
    /// at its greatest; of several samples to a bar the first.
    /// </summary>
    internal static string Trace(float[] values, float least, float greatest, int width)
    {
        const string Bars = "▁▂▃▄▅▆▇█";
        float[] points = [.. Enumerable.Range(0, Math.Min(width, values.Length))
            .Select(i => values[(int)((long)i * values.Length / Math.Min(width, values.Length))])];
        double range = (double)greatest - least;
        return string.Concat(points.Select(value => !float.IsFinite(value)
            ? ' ' : Bars[range == 0 ? 0 : (int)(((double)value - least) / range * (Bars.Length - 1) + 0.5)]));
    }

    /// <summary>Whether two decimals would leave next to nothing of a number that is not 0.</summary>
    private static bool IsSmall(double value) => Math.Abs(value) is > 0 and < 0.1;

    /// <summary>Seconds as m:ss.</summary>
    internal static string Clock(double seconds) => $"{(int)seconds / 60}:{(int)seconds % 60:00}";

    /// <summary>A bar as long as a value's share of the largest, padded to one width; never empty.</summary>
    internal static string Bar(long value, long largest) =>
        new string('█', (int)Math.Max(1, BarWidth * value / largest)).PadRight(BarWidth);
}
