using System.Text;

namespace Tiny.Cli.Output;

/// <summary>
/// Columns of text in line, no wider than the <see cref="Screen"/>. Plain, so that it reads the
/// same in a pipe; names from files are shown as <see cref="PlainText"/>.
/// </summary>
internal sealed class TextTable
{
    private const int NarrowestName = 20;
    private const int NarrowestWords = 20;
    private const string Gap = "  ";

    private readonly List<string[]> rows = [];

    /// <summary>The columns of a line if nothing were shortened.</summary>
    internal int Width => WidthsOf(Shown()).Sum(width => Gap.Length + width);

    /// <summary>Those of all columns but the first.</summary>
    internal int WidthOfFigures => WidthsOf(Shown()).Skip(1).Sum(width => Gap.Length + width);

    /// <summary>Adds a row; all rows have as many cells as the first.</summary>
    internal TextTable Add(params string[] cells)
    {
        rows.Add(cells);
        return this;
    }

    /// <summary>
    /// The first column to the left, the others, which hold figures, to the right. Long names are shortened; where they then look
    /// alike they are numbered and stand below in full. Columns that find no room follow in a table of their own.
    /// </summary>
    public override string ToString() => Figures(numbered: false);

    /// <summary>The same, but the first column's texts stand below in full wherever they find no room.</summary>
    internal string ToNumbered() => Figures(numbered: true);

    /// <summary>All columns to the left: for words. The last is broken into lines.</summary>
    internal string ToLeftAligned()
    {
        string[][] shown = [.. rows.Select(row => Array.ConvertAll(row, PlainText.Line))];
        int last = shown[0].Length - 1;
        int[] widths = [.. Enumerable.Range(0, last).Select(column => shown.Max(row => Cells.Width(row[column])))];
        int indent = widths.Sum() + Gap.Length * (last + 1);
        StringBuilder text = new();
        foreach (string[] row in shown)
        {
            string before = string.Concat(row.Take(last).Select((cell, column) => Gap + Cells.PadRight(cell, widths[column]))) + Gap;
            string words = Cells.Wrap(row[last], Math.Max(NarrowestWords, Screen.Width - indent), 0)
                .Replace(Environment.NewLine, Environment.NewLine + new string(' ', indent));
            text.AppendLine((before + words).TrimEnd());
        }

        return text.ToString();
    }

    private string Figures(bool numbered)
    {
        string[][] shown = Shown();
        int[] widths = WidthsOf(shown);
        int room = Screen.Width - WidthOfFigures - Gap.Length;
        if (room >= widths[0])
        {
            return Write(shown, widths);
        }

        string legend = "";
        string[] names = [.. shown.Select(row => row[0])];
        int most = Math.Max(NarrowestName, room);
        bool alike = names.Select(name => Cells.Cut(name, most)).Distinct().Count() < names.Distinct().Count();
        for (int i = 1; i < shown.Length && (numbered || alike); i++)
        {
            string name = numbered ? names[i].TrimStart('*', ' ') : names[i].Trim();
            legend += $"{Gap}{i}  {Cells.Wrap(name, Screen.Width - 8, 0).Replace(Environment.NewLine,
                Environment.NewLine + "     ")}{Environment.NewLine}";
            shown[i][0] = numbered ? $"{(names[i].StartsWith('*') ? "* " : "")}{i}" : $"{i} {names[i]}";
        }

        if (numbered)
        {
            shown[0][0] = "#";
        }

        foreach (string[] row in shown)
        {
            row[0] = Cells.Cut(row[0], most);
        }

        widths[0] = shown.Max(row => Cells.Width(row[0]));
        return string.Join(Environment.NewLine, Blocks(widths)
            .Select(block => Write([.. shown.Select(row => block.Select(column => row[column]).ToArray())],
            [.. block.Select(column => widths[column])])))
            + legend;
    }

    private string[][] Shown() => [.. rows.Select(row => Array.ConvertAll(row, PlainText.Cell))];

    private static int[] WidthsOf(string[][] shown) =>
        [.. Enumerable.Range(0, shown[0].Length).Select(column => shown.Max(row => Cells.Width(row[column])))];

    /// <summary>The columns of each table that fits, the first in all of them.</summary>
    private static List<List<int>> Blocks(int[] widths)
    {
        List<List<int>> blocks = [[0]];
        int used = Gap.Length + widths[0];
        for (int column = 1; column < widths.Length; column++)
        {
            int width = Gap.Length + widths[column];
            if (used + width > Screen.Width && blocks[^1].Count > 1)
            {
                blocks.Add([0]);
                used = Gap.Length + widths[0];
            }

            blocks[^1].Add(column);
            used += width;
        }

        return blocks;
    }

    private static string Write(string[][] shown, int[] widths)
    {
        StringBuilder text = new();
        foreach (string[] row in shown)
        {
            string line = string.Concat(row.Select(
                (cell, column) => Gap + (column == 0 ? Cells.PadRight(cell, widths[column]) : Cells.PadLeft(cell, widths[column]))));
            text.AppendLine(line.TrimEnd());
        }

        return text.ToString();
    }
}
