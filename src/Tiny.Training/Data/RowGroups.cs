namespace Tiny.Training.Data;

/// <summary>Which rows belong together and may not be torn apart by a split: the windows of a recording.</summary>
/// <param name="Of">(rows), each an index into <paramref name="Names"/>.</param>
/// <param name="Names">The recordings, in the order of the file.</param>
/// <seealso cref="Dataset"/>
public sealed record RowGroups(int[] Of, IReadOnlyList<string> Names);
