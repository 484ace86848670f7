namespace Tiny.Training.Export.CSharp;

/// <summary>A model that cannot be exported; the message says why, with the numbers, and what to do.</summary>
public class ExportException(string message) : TinyException(message);
