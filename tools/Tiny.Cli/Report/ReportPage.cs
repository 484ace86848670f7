using System.Text.RegularExpressions;

namespace Tiny.Cli.Report;

/// <summary>What all reports begin with: one HTML file that asks the network for nothing.</summary>
internal static partial class ReportPage
{
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    /// <summary>From the file's first line to the end of its header.</summary>
    /// <param name="modelName">The model's file, without its folder.</param>
    /// <param name="dataName">The data's.</param>
    /// <param name="summary">What the report is of, in a sentence.</param>
    /// <param name="hasScripts">Whether scripts in the file may run.</param>
    internal static string Begin(string modelName, string dataName, string summary, bool hasScripts = false) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="color-scheme" content="light dark">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{Policy}{(hasScripts ? "; script-src 'unsafe-inline'" : "")}">
        <link rel="icon" href="data:,">
        <title>{Html.Text($"{modelName} on {dataName}")}</title>
        <style>
        {KindScripts.Asset("report.css")}
        </style>
        </head>
        <body>
        <main>
        <header>
        <h1>{Html.Text(modelName)}</h1>
        <p class="soft">{Html.Text(summary)}</p>
        </header>

        """;

    /// <summary>Links to the sections of a page.</summary>
    internal static string Contents(string sections) => "<nav aria-label=\"Sections\"><ul>"
        + string.Concat(Heading().Matches(sections)
        .Select(heading => $"<li><a href=\"#{heading.Groups[1].Value}\">{heading.Groups[2].Value}</a></li>")) + "</ul></nav>\n";

    [GeneratedRegex("<h2 id=\"(\\w+)-h\">(.*?)</h2>")]
    private static partial Regex Heading();

    /// <summary>The figures at a glance, each with what it is.</summary>
    internal static string Tiles(IEnumerable<(string Name, string Figure)> tiles) =>
        "<ul class=\"tiles\">" + string.Concat(tiles.Select(tile => $"<li><b>{Html.Text(tile.Figure)}</b>{Html.Text(tile.Name)}</li>"))
        + "</ul>\n";
}
