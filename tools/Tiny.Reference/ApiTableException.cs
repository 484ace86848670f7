namespace Tiny.Reference;

/// <summary>An API table is not what it should be; the message says where.</summary>
public sealed class ApiTableException(string message) : Exception(message);
