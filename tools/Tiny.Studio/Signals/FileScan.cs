using System.Globalization;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Signals;

/// <summary>A file of recordings, read from start to end by the library that tiny train reads it with.</summary>
/// <param name="Entries">Its recordings.</param>
/// <param name="Signals">Their samples, in the same order.</param>
internal sealed record FileScan(IReadOnlyList<RecordingEntry> Entries, IReadOnlyList<SignalData> Signals)
{
    private const int FewestClipped = 5;         // neighbors at the same extreme
    private const double ClippedShare = 0.002;   // of the samples

    /// <summary>Reads a file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file, below the folder, with slashes.</param>
    /// <exception cref="DataException">It holds no recordings.</exception>
    internal static FileScan Of(string folder, string name)
    {
        CsvOptions options = new() { SkipBadRows = true, DropMissing = true };
        using RecordingSource source =
            new(RecordingFiles.OneOf(folder, name, options), file => RecordingColumns.ForTraining(file, options, null, needsLabel: false));
        string[] channels = [.. source.Layout.Channels];
        List<Rows> all = [];
        float[] sample = new float[channels.Length];
        while (source.Read(sample))
        {
            if (all.Count < source.Recordings.Count)
            {
                all.Add(new Rows(source.Recordings[^1], source.Line, [.. channels.Select(_ => new List<float>())]));
            }

            all[^1].Add(sample, source.Position, source.Line);
        }

        SignalData[] signals = [.. all.Select(rows => new SignalData(channels, [.. rows.Values.Select(values => values.ToArray())]))];
        return new FileScan([.. all.Select((rows, i) => rows.ToEntry(name, i, source.Layout.Rate, signals[i]))], signals);
    }

    private static IEnumerable<string> Problems(RecordingSummary summary, SignalData signal)
    {
        if (summary.Breaks > 0)
        {
            yield return summary.Breaks == 1 ? "1 gap" : $"{summary.Breaks} gaps";
        }

        for (int channel = 0; channel < signal.Channels.Count; channel++)
        {
            float[] values = signal.Values[channel];
            (float least, float greatest) =
                (values.Where(float.IsFinite).DefaultIfEmpty().Min(), values.Where(float.IsFinite).DefaultIfEmpty().Max());
            if (least == greatest)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{signal.Channels[channel]} is always {least}");
            }
            else if (Clipped(values, least) || Clipped(values, greatest))
            {
                yield return $"{signal.Channels[channel]} is clipped";
            }
        }
    }

    /// <summary>
    /// Whether a channel stands at its extreme as a converter does at the end of its range: several samples in a row, again and again.
    /// </summary>
    private static bool Clipped(float[] values, float extreme)
    {
        int run = 0;
        int clipped = 0;
        foreach (float value in values)
        {
            run = value == extreme ? run + 1 : 0;
            clipped += run == FewestClipped ? FewestClipped : run > FewestClipped ? 1 : 0;
        }

        return clipped >= Math.Max(2 * FewestClipped, ClippedShare * values.Length);
    }

    /// <summary>A recording as it is read.</summary>
    private sealed record Rows(RecordingSummary Summary, int FirstLine, List<float>[] Values)
    {
        private int lastLine;

        internal void Add(float[] sample, long position, int line)
        {
            for (int channel = 0; channel < sample.Length; channel++)
            {
                while (Values[channel].Count < position)
                {
                    Values[channel].Add(float.NaN);
                }

                Values[channel].Add(sample[channel]);
            }

            lastLine = line;
        }

        internal RecordingEntry ToEntry(string file, int number, double rate, SignalData signal) =>
            new(Summary.Name, file, number, Summary.Label, signal.Rows, rate, signal.Channels, [.. Problems(Summary, signal)], FirstLine,
                lastLine);
    }
}
