namespace Tiny.Training.Data.Text;

/// <summary>What is wrong with the text of a record.</summary>
internal enum RecordFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A quote stands inside a field.</summary>
    QuoteInside,

    /// <summary>A quote opens and is not closed within what a field may hold.</summary>
    QuoteOpen,

    /// <summary>The line is longer than any row of a table.</summary>
    TooLong,
}
