using System.Globalization;

namespace Tiny.Training.Data;

/// <summary>How a text file of a table is written: found out from its beginning, or said by options.</summary>
/// <param name="Separator">What stands between two fields: "," ";" "tab" "space" (a run of blanks) or "|".</param>
/// <param name="Decimal">The decimal mark, '.' or ','.</param>
/// <param name="Encoding">The encoding's usual name, such as UTF-8 or UTF-16.</param>
/// <seealso cref="CsvSource"/>
public sealed record CsvDialect(string Separator, char Decimal, string Encoding)
{
    /// <summary>Comma, decimal point, UTF-8.</summary>
    public static CsvDialect Usual { get; } = new(",", '.', "UTF-8");

    /// <summary>Lines at the file's start that were passed over because an option said so.</summary>
    public int Skipped { get; init; }

    /// <summary>Lines that begin with # and were passed over.</summary>
    public long Comments { get; init; }

    /// <summary>The line that holds the names, from 1; 0 for none.</summary>
    public int HeaderLine { get; init; }

    /// <summary>The line below the names that holds units instead of values; 0 for none.</summary>
    public int UnitsLine { get; init; }

    /// <summary>How the file was understood, in words: separated by ";", decimal comma, UTF-8, header in line 1.</summary>
    public string Describe()
    {
        string between = Separator switch
        {
            "tab" => "separated by tabs",
            "space" => "separated by blanks",
            _ => $"separated by \"{Separator}\"",
        };
        List<string> parts = [between, Decimal == ',' ? "decimal comma" : "decimal point", Encoding];
        Add(parts, Skipped > 0, $"{Skipped} line{(Skipped == 1 ? "" : "s")} skipped");
        Add(parts, Comments > 0, $"{Comments} comment line{(Comments == 1 ? "" : "s")} passed over");
        parts.Add(HeaderLine > 0 ? string.Create(CultureInfo.InvariantCulture, $"header in line {HeaderLine}") : "no header");
        Add(parts, UnitsLine > 0, $"units in line {UnitsLine} passed over");
        return string.Join(", ", parts);
    }

    private static void Add(List<string> parts, bool holds, string part)
    {
        if (holds)
        {
            parts.Add(part);
        }
    }
}
