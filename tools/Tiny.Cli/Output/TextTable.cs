using System.Text;

namespace Tiny.Cli.Output;

/// <summary>Columns of text in line. Plain, so that it reads the same in a pipe; names from files are shown as <see cref="PlainText"/>.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row; all rows have as many cells as the first.</summary>
    internal TextTable Add(params string[] cells)
    {
        rows.Add(cells);
        return this;
    }

    /// <summary>The first column to the left, the others, which hold figures, to the right.</summary>
    public override string ToString() => Write(PlainText.Cell, (cell, width, column) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width));

    /// <summary>All columns to the left: for words.</summary>
    internal string ToLeftAligned() => Write(PlainText.Line, (cell, width, _) => cell.PadRight(width));

    private string Write(Converter<string, string> plain, Func<string, int, int, string> pad)
    {
        string[][] shown = [.. rows.Select(row => Array.ConvertAll(row, plain))];
        int[] widths = [.. Enumerable.Range(0, shown[0].Length).Select(column => shown.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in shown)
        {
            string line = string.Concat(row.Select((cell, column) => "  " + pad(cell, widths[column], column)));
            text.AppendLine(line.TrimEnd());
        }

        return text.ToString();
    }
}
