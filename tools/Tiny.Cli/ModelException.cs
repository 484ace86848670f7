using Tiny.Training;

namespace Tiny.Cli;

/// <summary>A model file cannot be read or written, or is not what was expected.</summary>
internal sealed class ModelException(string message) : TinyException(message);
