namespace Tiny.Training.Data.Columns;

/// <summary>What the beginning of a table comes to.</summary>
/// <param name="Dialect">How it is written, with the lines of names and units.</param>
/// <param name="Header">The columns.</param>
/// <param name="Kinds">What each holds.</param>
/// <param name="Rows">The first rows as text, (rows)(columns).</param>
internal sealed record TableStart(CsvDialect Dialect, CsvHeader Header, IReadOnlyList<ColumnKind> Kinds, IReadOnlyList<string[]> Rows)
{
    /// <summary>What should be said where names and values could be mistaken for each other; null for nothing.</summary>
    internal string? Remark { get; init; }
}
