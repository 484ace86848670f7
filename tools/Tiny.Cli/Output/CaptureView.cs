using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Training.Data.Capture;
using Tiny.Training.Data.Recordings;

namespace Tiny.Cli.Output;

/// <summary>What a capture came to, in words and figures.</summary>
internal sealed class CaptureView(CaptureRecorder recorder, CaptureFile file, string path)
{
    private static readonly LineFault[] Faults = Enum.GetValues<LineFault>();

    private readonly CaptureClock clock = recorder.Clock;
    private readonly LineParser parser = recorder.Parser;

    /// <summary>How things stand while it goes on.</summary>
    internal string Status =>
        $"{Format.Count(recorder.Samples, "sample")}, "
        + $"{Format.Plain(clock.Rate)} a second, {Format.Count(clock.Lost)} lost, {Format.Count(Faulty)} faulty lines";

    private long Faulty => Faults.Sum(parser.CountOf);

    /// <summary>What to do where no sample came.</summary>
    internal string Advice()
    {
        if (Faulty == 0)
        {
            return parser.Header is CaptureHeader header
                ? $"The device's header came ({header.Describe()}), but nothing after it: is its sensor connected?"
                : "Is the device connected, and its program running?";
        }

        if (2 * parser.CountOf(LineFault.Binary) >= Faulty)
        {
            return "What came is no text: is --baud the device's?";
        }

        if (2 * parser.CountOf(LineFault.Checksum) >= Faulty)
        {
            return "Lines came, but their checksums are missing or wrong: it is the exclusive or of the bytes between $ and *. If it is "
                + "right on the device, is --baud the device's?";
        }

        if (2 * parser.CountOf(LineFault.Values) >= Faulty)
        {
            return "Lines came with whole checksums, but they are no samples: expected number, milliseconds and a finite number for each "
                + "channel of the header.";
        }

        string seen = parser.FirstText.Length > 0 ? $" (the first is \"{parser.FirstText}\")" : "";
        return $"Lines came, but no samples{seen}: they look like $12,240,-776,1536*5A, with a checksum so that no damaged value is taken "
            + "for a measured one. On the device SampleLine writes them; firmware-samples/05-Capture says how other programs can.";
    }

    /// <summary>What it came to.</summary>
    /// <param name="brief">Without the figures, which are in the JSON.</param>
    internal IEnumerable<string> Report(bool brief)
    {
        if (file.CutOff > 0)
        {
            yield return $"note: {path}: ended in {Format.Count(file.CutOff, "byte")} of a line without an end, which were cut off.";
        }

        if (recorder.LacksHeader && recorder.Samples > 0)
        {
            yield return "note: the device did not send its header in time, so the channels are "
                + $"called {string.Join(", ", recorder.Channels)}. Name them with --channels.";
        }

        if (recorder.Samples == 0 || brief)
        {
            yield break;
        }

        string channels = string.Join(", ", recorder.Channels);
        string jitter = $"every {Format.Plain(clock.Rate > 0 ? 1000 / clock.Rate : 0)} ms, "
            + $"deviation {Format.Plain(clock.Jitter)}, longest {Format.Plain(clock.LongestInterval)}";
        yield return $"Recorded {recorder.Recordings[0]}: "
            + $"{Format.Count(recorder.Samples, "sample")} of {channels}, {Format.Plain(clock.Rate)} a second ({jitter}).";
        string repeated = clock.Repeated > 0 ? $"; sent twice and recorded once {Format.Count(clock.Repeated)}" : "";
        yield return $"  lost on the way {Format.Count(clock.Lost)}"
            + $"{repeated}; resets {clock.Restarts}; faulty lines {Format.Count(Faulty)}{FaultsInWords()}";
        if (clock.Restarts > 0)
        {
            yield return $"  each reset began another recording: {string.Join(", ", recorder.Recordings)}.";
        }

        if (recorder.Header is { Rate: > 0 } header && clock.Rate > 0 && !SampleRate.Agrees(clock.Rate, header.Rate))
        {
            string how = clock.Rate < header.Rate ? "it does not keep up" : "it sends more";
            yield return $"warning: the device means to send {Format.Plain(header.Rate)} samples a second: {how}.";
        }

        yield return "Train on it:";
        yield return "  " + Hint();
    }

    internal JsonObject ToJson(string name)
    {
        JsonObject figures = Json.Begin("capture");
        figures["recording"] = name;
        figures["recordings"] = Json.Strings([.. recorder.Recordings]);
        figures["samples"] = recorder.Samples;
        figures["channels"] = Json.Strings([.. recorder.Channels]);
        figures["rate"] = clock.Rate;
        figures["jitter_milliseconds"] = clock.Jitter;
        figures["longest_interval_milliseconds"] = clock.LongestInterval;
        figures["lost"] = clock.Lost;
        figures["repeated"] = clock.Repeated;
        figures["restarts"] = clock.Restarts;
        figures["faulty_lines"] =
            new JsonObject(Faults.Select(fault => KeyValuePair.Create(Name(fault), (JsonNode?)parser.CountOf(fault))));
        return figures;
    }

    private static string Name(LineFault fault) => fault == LineFault.TooLong ? "too_long" : fault.ToString().ToLowerInvariant();

    private string FaultsInWords()
    {
        string[] counts = [.. Faults.Where(fault => parser.CountOf(fault) > 0)
            .Select(fault => $"{Name(fault).Replace('_', ' ')} {Format.Count(parser.CountOf(fault))}")];
        return counts.Length == 0 ? "." : $" ({string.Join(", ", counts)}).";
    }

    private string Hint()
    {
        double rate = recorder.Header is { Rate: > 0 } header && (clock.Rate == 0 || SampleRate.Agrees(clock.Rate, header.Rate))
            ? header.Rate : clock.Rate;
        string atRate = rate > 0 ? $" --rate {rate.ToString("0.###", CultureInfo.InvariantCulture)}" : "";
        return $"tiny train {InShell(path)} --group file --label label "
            + $"--channels {InShell(string.Join(',', recorder.Channels))}{atRate} --window N --out MODEL";
    }

    /// <summary>An argument as a shell takes it.</summary>
    private static string InShell(string text) =>
        text.All(character => char.IsLetterOrDigit(character) || "._-/\\:,+".Contains(character))
        ? text : $"'{text.Replace("'", "'\\''")}'";
}
