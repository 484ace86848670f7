namespace Tiny.Training.Data;

/// <summary>The data is wrong in a way its owner can mend. The message says where, what was found, what was expected, what to do.</summary>
public class DataException : TinyException
{
    /// <summary>A fault with its full message.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>A fault with its full message and what lies behind it.</summary>
    public DataException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
