using System.Text.RegularExpressions;

namespace Tiny.Training.Data.Capture;

/// <summary>
/// Knows what was copied from Arduino's serial monitor or meant for its plotter, so that a message can say what it is and what to do.
/// </summary>
internal static class SerialMonitor
{
    private const int Looked = 3; // lines
    private const int LongestExcerpt = 60;
    private const string Advice =
        "tiny capture records samples from the port itself, in lines with a checksum (firmware-samples/05-Capture says how a sketch "
        + "prints them)";

    private static readonly Regex Timed =
        new(@"^\s*\d{1,2}:\d{2}:\d{2}([.,]\d+)?\s*->\s", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Named =
        new(@"^\s*([A-Za-z_][\w ]*:\s*-?\d+([.,]\d+)?\s*([,;\s]\s*|$))+$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>What a text is and what to do, where its first lines are such; else null.</summary>
    internal static string? Describe(ReadOnlySpan<char> beginning)
    {
        int lines = 0;
        bool areTimed = true;
        bool areNamed = true;
        string first = "";
        foreach (ReadOnlySpan<char> line in beginning.EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                continue;
            }

            first = lines == 0 ? line[..Math.Min(line.Length, LongestExcerpt)].ToString() : first;
            areTimed &= Timed.IsMatch(line);
            areNamed &= Named.IsMatch(line);
            if (++lines == Looked || !(areTimed || areNamed))
            {
                break;
            }
        }

        return lines == 0 || !(areTimed || areNamed) ? null
            : areTimed ? $"this is the output of Arduino's serial monitor, with a time and an arrow before the values (\"{first}\"). "
            + $"{Advice}; or turn off the monitor's timestamps and print a header line and plain values with commas between them."
            : "each value stands behind its name and a colon, as Arduino's serial plotter takes it "
            + $"(\"{first}\"). {Advice}; or print the names once, in a header line, and the values alone.";
    }
}
