namespace Tiny.Training.Data;

/// <summary>How the data for a network is got out of a CSV file.</summary>
public sealed record CsvOptions
{
    /// <summary>The label column: a name, a 0-based index, or null for the last.</summary>
    public string? Label { get; init; }

    /// <summary>The input columns by name or 0-based index; null for all but the label.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>Of recordings, the column that names them: a name or a 0-based index; null for a column named file.</summary>
    public string? Group { get; init; }

    /// <summary>Whether there is no header. Null: a first row whose inputs are all numbers is taken as data.</summary>
    public bool? NoHeader { get; init; }

    /// <summary>Values that stand for missing: rows with one in a column in use are dropped and counted.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>What the answers are; null to judge by the label column.</summary>
    public Core.NetworkTask? Task { get; init; }

    /// <summary>The classes' names in order, when a model already fixes them; null to take them from the data, sorted.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
