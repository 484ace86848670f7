using System.Globalization;
using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Recordings;

/// <summary>How recordings were understood.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Files">How many files.</param>
/// <param name="Parted">What keeps the recordings apart, in words.</param>
/// <param name="Label">Where the label stands, in words; null for none.</param>
/// <param name="Channels">The channels' names.</param>
/// <param name="SetAside">Columns that are neither, each with its reason.</param>
/// <seealso cref="RecordingSource"/>
public sealed record RecordingLayout(
    string Path, int Files, string Parted, string? Label, IReadOnlyList<string> Channels, IReadOnlyList<ColumnSetAside> SetAside)
{
    /// <summary>The clock that tells the rate; null where none does.</summary>
    public string? Clock { get; init; }

    /// <summary>Samples a second by that clock; 0 where none tells.</summary>
    public double Rate { get; init; }

    /// <summary>
    /// Such as: recordings by column "file"; label in column "label"; channels x, y; 50 samples a second by the clock "ms".
    /// </summary>
    public string Describe()
    {
        string files = Files > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Files} files, {Parted}") : Parted;
        string? rate = Rate > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Rate:0.###} samples a second by the clock {SafeText.Quote(Clock!)}") : null;
        return string.Join("; ", new[] { files, Label, $"channels {string.Join(", ", Channels.Select(name => SafeText.Clean(name)))}",
            rate }.OfType<string>()) + ".";
    }

    /// <summary>The layout of files, as the first of them was understood.</summary>
    internal static RecordingLayout Of(RecordingFiles files, CsvHeader header, RecordingColumns columns)
    {
        string parted = columns.Grouping switch
        {
            RecordingGrouping.Column => $"recordings by column {SafeText.Quote(header.Names[columns.Group])}",
            RecordingGrouping.BlankLines => "recordings between blank lines",
            RecordingGrouping.LabelChanges => "a recording ends where the label changes",
            _ => "a recording ends at a blank line, where the label changes or a clock begins anew",
        };
        string? label = columns.Label >= 0 ? $"label in column {SafeText.Quote(header.Names[columns.Label])}" : files.Label is not null
            ? "label in the file's name" : null;
        WatchedColumn? clock = columns.Watched.Where(watched => watched.FirstRate > 0).MinBy(watched => watched.Resolution);
        return new RecordingLayout(files.Path, files.Count, parted, label, columns.Names(header), columns.SetAside)
        {
            Clock = clock?.Name,
            Rate = clock is null ? 0 : SampleRate.Round(clock.FirstRate),
        };
    }
}
