using Tiny.Training;

namespace Tiny.Cli;

/// <summary>A standard stream is full or closed.</summary>
internal sealed class StreamException(string message) : TinyException(message);
