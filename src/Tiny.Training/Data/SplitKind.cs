namespace Tiny.Training.Data;

/// <summary>The ways to keep rows for testing.</summary>
public enum SplitKind
{
    /// <summary>None are kept.</summary>
    None,

    /// <summary>Row r is for testing where r % n == n - 1; of recordings, those of each class in the order of their names.</summary>
    Every,

    /// <summary>The last n rows or recordings are for testing.</summary>
    Last,

    /// <summary>The last n percent of the rows or recordings are for testing.</summary>
    LastPercent,

    /// <summary>A share of the rows or recordings of each class, drawn with a seed, is for testing.</summary>
    Share,
}
