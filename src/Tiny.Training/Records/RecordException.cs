using Tiny.Training.Data;

namespace Tiny.Training.Records;

/// <summary>A file is no training record, or a damaged one. The message goes on after the file's name.</summary>
public sealed class RecordException : DataException
{
    /// <summary>A fault.</summary>
    public RecordException(string message)
        : base(message)
    {
    }

    /// <summary>A fault and what lies behind it.</summary>
    public RecordException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
