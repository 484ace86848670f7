namespace Tiny.Training.Data;

/// <summary>The data is well, but an option does not go with it: a column that is not there, a loss for another task.</summary>
public sealed class SelectionException(string message) : DataException(message);
