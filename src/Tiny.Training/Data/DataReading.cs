using Tiny.Training.Data.Columns;

namespace Tiny.Training.Data;

/// <summary>How a data file was read: what the first line of output, the notes and the training record are made of.</summary>
public sealed record DataReading
{
    /// <summary>The file, as messages call it.</summary>
    public required string Path { get; init; }

    /// <summary>How the text is written; null for an IDX file.</summary>
    public required CsvDialect? Dialect { get; init; }

    /// <summary>All columns of the file.</summary>
    public required CsvHeader Header { get; init; }

    /// <summary>Positions of the input columns in the file, in the network's order; of recordings, of the channels.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>The position of the label's column; -1 for none.</summary>
    public required int Label { get; init; }

    /// <summary>Columns that are neither, each with its reason.</summary>
    public IReadOnlyList<ColumnSetAside> SetAside { get; init; } = [];

    /// <summary>Rows left out because a value was missing.</summary>
    public long Dropped { get; init; }

    /// <summary>Rows left out because they cannot be read.</summary>
    public long BadRows { get; init; }

    /// <summary>The columns as a model trained on them will know them again.</summary>
    public ModelColumns ToModelColumns() => new(
        [.. Inputs.Select(column => Header.Names[column])], Inputs, Label < 0 ? "" : Header.Names[Label], Label, Header.IsNamed);
}
