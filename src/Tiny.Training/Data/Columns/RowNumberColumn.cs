using System.Globalization;

namespace Tiny.Training.Data.Columns;

/// <summary>Tells the column that numbers the rows: a network that reads it learns the order of the file.</summary>
internal static class RowNumberColumn
{
    private const int FewestUnnamed = 5; // rows; fewer count up by chance

    // Letters and digits of the names, small. What else has such a name must count the rows one by one.
    private static readonly HashSet<string> Sure =
        ["id", "idx", "index", "rowid", "rowindex", "rownumber", "rownum", "row", "recordid", "sampleid", "unnamed0", "unnamed"];
    private static readonly HashSet<string> Likely =
        ["", "no", "nr", "num", "number", "n", "i", "record", "sample", "obs", "observation", "seq", "sequence", "count", "counter"];

    /// <summary>Whether a column numbers the rows.</summary>
    /// <param name="name">Its name; "" for none.</param>
    /// <param name="values">Some of its values, in the order of the rows.</param>
    internal static bool Is(string name, IReadOnlyList<string> values)
    {
        string plain = new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        bool sure = Sure.Contains(plain);
        if (values.Count < (sure ? 2 : FewestUnnamed) || !(sure || Likely.Contains(plain)))
        {
            return false;
        }

        long before = 0;
        for (int i = 0; i < values.Count; i++)
        {
            if (!long.TryParse(values[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                || (i > 0 && (sure ? number <= before : number != before + 1)))
            {
                return false;
            }

            before = number;
        }

        return true;
    }
}
