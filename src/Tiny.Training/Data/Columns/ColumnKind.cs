namespace Tiny.Training.Data.Columns;

/// <summary>What the fields of a column are, judged by the file's beginning.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, or nothing that tells otherwise.</summary>
    Number,

    /// <summary>True and false, yes and no, on and off: read as 1 and 0.</summary>
    Boolean,

    /// <summary>Mostly words.</summary>
    Words,

    /// <summary>A clock.</summary>
    Clock,

    /// <summary>A clock written as dates or times of day, which are no numbers.</summary>
    Date,

    /// <summary>A number of the row, going up.</summary>
    RowNumber,

    /// <summary>The name of the row, for which the header has no field.</summary>
    RowName,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Nothing but what stands for missing.</summary>
    Unknown,
}
