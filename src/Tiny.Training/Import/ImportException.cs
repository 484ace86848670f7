namespace Tiny.Training.Import;

/// <summary>
/// A model file that cannot be imported: the message names the node, its operator and the attribute or
/// shape, what was found and what would do; of a file that is damaged, where.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="inner">What lies behind it, if anything.</param>
public sealed class ImportException(string message, Exception? inner = null) : TinyException(message, inner);
