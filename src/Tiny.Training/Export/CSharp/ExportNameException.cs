namespace Tiny.Training.Export.CSharp;

/// <summary>A class or namespace whose source would not compile; the message says what is wrong with the name.</summary>
public sealed class ExportNameException(string message) : ExportException(message);
