namespace Tiny.Training.Data;

/// <summary>The data is well, but what was asked of it, such as a column, is not there.</summary>
public sealed class SelectionException(string message) : DataException(message);
