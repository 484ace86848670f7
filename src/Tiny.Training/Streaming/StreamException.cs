namespace Tiny.Training.Streaming;

/// <summary>A model that cannot stream; the message says why and what to do.</summary>
public sealed class StreamException(string message) : TinyException(message);
