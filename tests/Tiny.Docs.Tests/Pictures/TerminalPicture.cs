using System.Globalization;
using System.Net;
using System.Text;

namespace Tiny.Docs.Tests.Pictures;

/// <summary>Draws what a terminal showed as an SVG: commands bright, their output plain. Text stays text, so it can be read out.</summary>
public static class TerminalPicture
{
    private const double LineHeight = 18;
    private const double CharacterWidth = 7.83; // of 13 px monospace; lines are stretched to it, so the picture is as wide everywhere
    private const double Margin = 16;

    /// <summary>An SVG of the lines.</summary>
    /// <param name="lines">Commands begin with "$ ".</param>
    /// <param name="title">What a screen reader says of it.</param>
    public static string Svg(IReadOnlyList<string> lines, string title)
    {
        double width = 2 * Margin + lines.Max(line => line.Length) * CharacterWidth;
        double height = 2 * Margin + lines.Count * LineHeight;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" role="img"
             aria-label="{WebUtility.HtmlEncode(title)}">
            <style>
            text {"{"} font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #c9d1d9; white-space: pre; {"}"}
            .c {"{"} fill: #7ee787; {"}"}
            </style>
            <rect width="100%" height="100%" rx="8" fill="#0d1117"/>

            """);
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim().Length > 0)
            {
                string style = lines[i].StartsWith("$ ", StringComparison.Ordinal) ? " class=\"c\"" : "";
                double y = Margin + (i + 0.75) * LineHeight;
                double length = lines[i].Length * CharacterWidth;
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{y:0.#}\" textLength=\"{length:0.#}\"");
                svg.Append(" xml:space=\"preserve\"").Append(style).Append('>').Append(WebUtility.HtmlEncode(lines[i])).Append("</text>\n");
            }
        }

        return svg.Append("</svg>\n").ToString();
    }
}
