namespace Tiny.Training.Data;

/// <summary>How the data for a network is got out of a CSV file.</summary>
/// <seealso cref="DatasetFile"/>
public sealed record CsvOptions
{
    /// <summary>The label column: a name, a 0-based index, or null for the last.</summary>
    public string? Label { get; init; }

    /// <summary>The input columns by name or 0-based index; null for all but the label.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>
    /// Of recordings, the column that names them: a name or a 0-based index; or blank-lines or label-changes, where
    /// those part them. Null for a column named file or, without one, for all that may part them.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Of recordings, where the label stands in the file's name, such as {label}_*.csv; null where a column holds it.</summary>
    public string? LabelFrom { get; init; }

    /// <summary>Whether there is no header. Null: a first row whose inputs are all numbers is taken as data.</summary>
    public bool? NoHeader { get; init; }

    /// <summary>What stands between two fields: "," ";" "tab" "space" (a run of blanks) or "|"; null to find out.</summary>
    public string? Separator { get; init; }

    /// <summary>The decimal mark, "." or ","; null to find out.</summary>
    public string? Decimal { get; init; }

    /// <summary>The text's encoding, such as utf-8, utf-16 or latin1; null to find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// Lines to pass over before the header or, without one, the first row; null for none but those that are known to be neither.
    /// </summary>
    public int? Skip { get; init; }

    /// <summary>Columns to leave out, names or 0-based indices.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Whether rows that cannot be read are left out and counted instead of refused.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>
    /// Values that stand for missing: rows with one in a column in use are dropped and counted. A label that is a class is none of them.
    /// </summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether rows are dropped and counted too where nothing, NaN, NA and the like stand in a column in use.</summary>
    public bool DropMissing { get; init; }

    /// <summary>Labels whose rows are left out and counted.</summary>
    public IReadOnlyList<string> DropLabels { get; init; } = [];

    /// <summary>How a row's inputs lie in height, width and channels; null where they are just values.</summary>
    public Layers.Shape? Shape { get; init; }
    /// <summary>Whether there is no label column: all rows are of the one class of <see cref="ClassNames"/>. For training.</summary>
    public bool Unlabeled { get; init; }

    /// <summary>Whether labels may be of any classes, whatever a model answers.</summary>
    public bool AnyClasses { get; init; }

    /// <summary>What the answers are; null to judge by the label column.</summary>
    public Core.NetworkTask? Task { get; init; }

    /// <summary>The classes' names in order, when a model already fixes them; null to take them from the data, sorted.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
