namespace Tiny.Training.Data;

/// <summary>What the next row of a file came to.</summary>
public enum RowOutcome
{
    /// <summary>There is none.</summary>
    End,

    /// <summary>Its values were read.</summary>
    Whole,

    /// <summary>A value is missing, and an option leaves such rows out.</summary>
    Missing,

    /// <summary>It cannot be read, and an option leaves such rows out.</summary>
    Bad,

    /// <summary>An option leaves out the rows of its label.</summary>
    LeftOut,
}
