using Tiny.Training;

namespace Tiny.Cli;

/// <summary>Options that do not go together, or a value that is none.</summary>
internal sealed class UsageException(string message) : TinyException(message);
