using System.Globalization;
using System.Net;

namespace Tiny.Cli.Report;

/// <summary>Small pieces of HTML, every text of which is escaped.</summary>
internal static class Html
{
    private const string Words = "<td class=\"words\">";

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A name, cut if it is very long.</summary>
    internal static string Short(string name) => name.Length <= ReportLimits.NameLetters
        ? name : name[..(ReportLimits.NameLetters - (char.IsHighSurrogate(name[ReportLimits.NameLetters - 1]) ? 1 : 0))] + "…";

    /// <summary>A name, cut if it is very long, as HTML.</summary>
    internal static string Name(string name) => Text(Short(name));

    /// <summary>A number as short as attributes like it.</summary>
    internal static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A section with a heading.</summary>
    internal static string Section(string id, string heading, string body) =>
        $"<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{Text(heading)}</h2>\n{body}\n</section>\n";

    internal static string Paragraph(string text) => $"<p>{Text(text)}</p>\n";

    /// <summary>What explains a chart, below it.</summary>
    internal static string Note(string text) => $"<p class=\"soft\">{Text(text)}</p>\n";

    /// <summary>A name as whole as a page should hold it.</summary>
    internal static string Full(string name) => name.Length <= ReportLimits.WholeName ? name : Short(name);

    /// <summary>A heat map with its axes' names.</summary>
    internal static string Heat(byte[] png, string alternative, string across, string down, string kind = "wide") =>
        $"<div class=\"heat {kind}\"><span class=\"down\">{Text(down)} ↓</span>{Image(png, alternative, kind)}"
        + $"<span class=\"across\">{Text(across)} →</span></div>\n";

    /// <summary>A cell of words among cells of figures.</summary>
    internal static string WordsCell(string text) => $"{Words}{Text(text)}</td>";

    /// <summary>A cell that is not broken, such as a name of one word at the beginning of a row.</summary>
    internal static string Whole(string text) => $"<span class=\"whole\">{Text(text)}</span>";

    /// <summary>A table with a caption; cells are HTML already.</summary>
    internal static string Table(string caption, IEnumerable<string> head, IEnumerable<IEnumerable<string>> rows)
    {
        string[][] all = [.. rows.Select(row => row.ToArray())];
        string heads = string.Concat(head.Select((cell, i) =>
            $"<th scope=\"col\"{(all.Any(row => row[i].StartsWith(Words, StringComparison.Ordinal)) ? " class=\"words\"" : "")}>{Text(
                cell)}</th>"));
        string body = string.Concat(all.Select(row => "<tr>"
            + string.Concat(row.Select((cell, i) => i == 0
            ? $"<th scope=\"row\">{cell}</th>" : cell.StartsWith("<td", StringComparison.Ordinal) ? cell : $"<td>{cell}</td>"))
            + "</tr>\n"));
        return Scrolled(caption, "", $"<thead><tr>{heads}</tr></thead><tbody>\n{body}</tbody>");
    }

    /// <summary>A table that scrolls within itself; its caption does not.</summary>
    internal static string Scrolled(string caption, string kind, string content) =>
        "<p class=\"caption\" aria-hidden=\"true\">"
        + $"{Text(caption)}</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Text(caption)}\">"
        + $"<table{(kind.Length > 0 ? $" class=\"{kind}\"" : "")} aria-label=\"{Text(caption)}\">{content}</table></div>\n";

    /// <summary>An image that is a part of the page.</summary>
    internal static string Image(byte[] png, string alternative, string kind = "") =>
        $"<img{(kind.Length > 0 ? $" class=\"{kind}\"" : "")} "
        + $"alt=\"{Text(alternative)}\" src=\"data:image/png;base64,{Convert.ToBase64String(png)}\">";
}
