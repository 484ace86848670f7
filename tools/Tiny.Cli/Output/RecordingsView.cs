using System.Text.Json.Nodes;
using Tiny.Training.Data.Recordings;
using Tiny.Training.Data.Summaries;
using Tiny.Training.Data.Text;

namespace Tiny.Cli.Output;

/// <summary>What a file of recordings holds, drawn: classes, channels, how each class looks.</summary>
internal static class RecordingsView
{
    private const int LongestTrace = 72;
    private const int ShortestName = 6;
    private const int MostOfName = 24;
    private const int MostShown = 40;
    private const int MostTraced = 8;
    private const int MostNamed = 3;
    private const string NoLabel = "(no label)";

    /// <summary>Prints it, with what windows would come to if their size is known.</summary>
    internal static void Show(RecordingsSummary summary, WindowOptions? windows, bool json)
    {
        if (json)
        {
            Json.Print(ToJson(summary, windows));
            return;
        }

        Screen.Print(summary.Reading.Describe());
        Notes.Of(summary.Reading, summary.Recordings.Sum(recording => recording.Samples));
        Screen.Print($"{summary.Path}: {Format.Count(summary.Recordings.Count, "recording")}, "
            + $"{Format.Count(summary.Recordings.Sum(r => r.Samples), "sample")} of {Format.Count(summary.Channels.Count, "channel")}");
        Console.Out.WriteLine(Classes(summary, windows));
        TextTable channels = ColumnView.Table("channel");
        foreach (ColumnSummary channel in summary.Channels)
        {
            ColumnView.AddTo(channels, channel);
        }

        Console.Out.WriteLine(channels);
        foreach (RecordingsSummary.ClassOfRecordings entry in summary.Classes.Take(MostTraced))
        {
            ShowTraces(summary, entry);
        }

        foreach (string warning in Warnings(summary))
        {
            Words.Warn(warning);
        }
    }

    /// <summary>The beginning of a class's first recording, its channels on one scale.</summary>
    private static void ShowTraces(RecordingsSummary summary, RecordingsSummary.ClassOfRecordings entry)
    {
        string[] names = [.. summary.Channels.Select(channel => Cells.Cut(SafeText.Clean(channel.Name), MostOfName))];
        int width = Math.Max(ShortestName, names.Max(Cells.Width));
        float[] all = [.. entry.First.SelectMany(channel => channel).Where(float.IsFinite).DefaultIfEmpty(0)];
        (float least, float greatest) = (all.Min(), all.Max());
        Screen.Print($"  {NameOf(entry)}, the first recording from its start, {ColumnView.Number(least)} to {ColumnView.Number(greatest)}");
        for (int i = 0; i < names.Length; i++)
        {
            Console.Out.WriteLine($"  {Cells.PadLeft(names[i], width)} "
                + $"{Format.Trace(entry.First[i], least, greatest, Math.Min(LongestTrace, Screen.Width - width - 3))}");
        }
    }

    private static string Classes(RecordingsSummary summary, WindowOptions? windows)
    {
        TextTable table = new();
        table.Add(["class", "recordings", "samples", .. windows is null ? Array.Empty<string>() : ["windows"], ""]);
        long most = summary.Classes.Max(entry => entry.Samples);
        foreach (RecordingsSummary.ClassOfRecordings entry in summary.Classes.Take(MostShown))
        {
            string[] counted = windows is null ? [] : [Format.Count(WindowsOf(summary, entry.Name, windows))];
            table.Add([entry.Name.Length > 0 ? PlainText.Name(entry.Name) : NoLabel, Format.Count(entry.Recordings),
                Format.Count(entry.Samples), .. counted, Format.Bar(entry.Samples, most)]);
        }

        string more = summary.Classes.Count > MostShown ? $"  and {summary.Classes.Count - MostShown} more\n" : "";
        return table + more;
    }

    private static string NameOf(RecordingsSummary.ClassOfRecordings entry) => entry.Name.Length > 0 ? SafeText.Clean(entry.Name) : NoLabel;

    private static long WindowsOf(RecordingsSummary summary, string name, WindowOptions windows) =>
        summary.Recordings.Sum(recording => recording.CountWindows(windows.Window, windows.Hop, name));

    private static IEnumerable<string> Warnings(RecordingsSummary summary)
    {
        if (summary.Dropped > 0)
        {
            yield return $"{Format.Count(summary.Dropped, "sample")} with a missing value; no window spans one. Training leaves them out "
                + "with --drop-missing.";
        }

        if (summary.Reading.BadRows > 0)
        {
            yield return $"{Format.Count(summary.Reading.BadRows, "row")} that cannot be read; no window spans one. Training leaves them "
                + "out with --skip-bad-rows.";
        }

        foreach (string warning in RecordingChecks.Breaks(summary.Recordings))
        {
            yield return warning;
        }

        foreach (ColumnSummary channel in summary.Channels.Where(channel => channel.IsConstant))
        {
            yield return $"channel {channel.Name} is always {ColumnView.Number(channel.Min)}: is the sensor's axis connected and enabled?";
        }

        string[] alone = [.. summary.Classes.Where(entry => entry.Recordings < 2 && entry.Name.Length > 0)
            .Select(entry => SafeText.Clean(entry.Name))];
        if (alone.Length > 0)
        {
            string names = string.Join(", ", alone.Take(MostNamed))
                + (alone.Length > MostNamed ? $" and {alone.Length - MostNamed} more" : "");
            yield return alone.Length == 1
                ? $"class {names} has one recording alone: it can be trained or tested on, not both. Record more of it."
                : $"classes {names} have one recording each: they can be trained or tested on, not both. Record more of them.";
        }
    }

    private static JsonObject ToJson(RecordingsSummary summary, WindowOptions? windows)
    {
        JsonObject figures = Json.Begin("data");
        figures["rows"] = summary.Recordings.Sum(recording => recording.Samples);
        figures["rows_with_missing"] = summary.Dropped;
        figures["recordings"] = summary.Recordings.Count;
        figures["classes"] = new JsonObject(summary.Classes.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)new JsonObject
        {
            ["recordings"] = entry.Recordings,
            ["samples"] = entry.Samples,
            ["windows"] = windows is null ? null : WindowsOf(summary, entry.Name, windows),
        })));
        figures["reading"] = ReadingJson.Of(summary.Reading);
        figures["rate"] = summary.Layout.Rate > 0 ? summary.Layout.Rate : null;
        figures["channels"] = new JsonArray([.. summary.Channels.Select(ColumnView.ToJson)]);
        figures["warnings"] = Json.Strings([.. Warnings(summary)]);
        return figures;
    }
}
