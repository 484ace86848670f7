using System.Globalization;
using Tiny.Learning;

namespace Tiny.Cli.Sweep;

/// <summary>One option of tiny train that varies: a list of values, or a range to draw from.</summary>
/// <param name="Option">Its name, without dashes.</param>
/// <param name="Line">Where it stands in the sweep file.</param>
/// <param name="Values">The values; empty for a range.</param>
/// <param name="Range">The range; null for a list.</param>
internal sealed record Dimension(string Option, int Line, IReadOnlyList<string> Values, DimensionRange? Range)
{
    /// <summary>A value drawn.</summary>
    internal string Draw(SeededRandom random) => Range is null ? Values[random.NextInt(Values.Count)] : Range.At(random.NextFloat());

    /// <summary>Values that any must be like: all of a list, the ends of a range.</summary>
    internal IEnumerable<string> Samples() => Range is null ? Values : [Range.At(0), Range.At(1)];
}

/// <summary>Numbers from a least to a greatest.</summary>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
/// <param name="IsLog">Whether it is the logarithm that is drawn evenly.</param>
/// <param name="IsWhole">Whether only whole numbers are meant.</param>
internal sealed record DimensionRange(double Least, double Greatest, bool IsLog, bool IsWhole)
{
    /// <summary>The number at a share of the way.</summary>
    internal string At(double share)
    {
        double value = IsLog ? Least * Math.Pow(Greatest / Least, share) : Least + share * (Greatest - Least);
        return IsWhole ? Math.Round(value).ToString("0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);
    }
}
