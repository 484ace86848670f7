using Tiny.Training.Data;

namespace Tiny.Training.Records;

/// <summary>
/// What the user said of how CSV files are written, so that it need not be said again. What was found out is not
/// among it: it is found out of each file anew, for another file may be written in another way.
/// </summary>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedReading
{
    /// <summary>What stands between two fields.</summary>
    public string? Separator { get; init; }

    /// <summary>The decimal mark.</summary>
    public string? Decimal { get; init; }

    /// <summary>The encoding.</summary>
    public string? Encoding { get; init; }

    /// <summary>Lines passed over before the header or the first row.</summary>
    public int? Skip { get; init; }

    /// <summary>Whether the first line is data.</summary>
    public bool? NoHeader { get; init; }

    /// <summary>Of recordings, the column that names them.</summary>
    public string? Group { get; init; }

    /// <summary>Of recordings, how the file's name holds the label.</summary>
    public string? LabelFrom { get; init; }

    /// <summary>Values that stand for missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether rows with a missing value are left out.</summary>
    public bool DropMissing { get; init; }

    /// <summary>Labels whose rows are left out.</summary>
    public IReadOnlyList<string> DropLabels { get; init; } = [];

    /// <summary>Whether rows that cannot be read are left out.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>What the options of a run say.</summary>
    public static RecordedReading From(CsvOptions options) => new()
    {
        Separator = options.Separator,
        Decimal = options.Decimal,
        Encoding = options.Encoding,
        Skip = options.Skip,
        NoHeader = options.NoHeader,
        Group = options.Group,
        LabelFrom = options.LabelFrom,
        Missing = options.Missing,
        DropMissing = options.DropMissing,
        DropLabels = options.DropLabels,
        SkipBadRows = options.SkipBadRows,
    };

    /// <summary>Options with what they leave open taken from here.</summary>
    public CsvOptions Complete(CsvOptions options) => options with
    {
        Separator = options.Separator ?? Separator,
        Decimal = options.Decimal ?? Decimal,
        Encoding = options.Encoding ?? Encoding,
        Skip = options.Skip ?? Skip,
        NoHeader = options.NoHeader ?? NoHeader,
        Group = options.Group ?? Group,
        LabelFrom = options.LabelFrom ?? (options.Label is null ? LabelFrom : null),
        Missing = options.Missing.Count > 0 ? options.Missing : Missing,
        DropMissing = options.DropMissing || DropMissing,
        DropLabels = options.DropLabels.Count > 0 ? options.DropLabels : DropLabels,
        SkipBadRows = options.SkipBadRows || SkipBadRows,
    };
}
