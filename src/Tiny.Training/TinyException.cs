namespace Tiny.Training;

/// <summary>
/// What a user can cause and mend on the desktop: the message says where, what was found, what was expected and what to do. Programs that
/// show messages to people catch this one; its kinds say whose fault it is.
/// </summary>
public abstract class TinyException : Exception
{
    /// <summary>A fault with its full message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="inner">What lies behind it, if anything.</param>
    protected TinyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
