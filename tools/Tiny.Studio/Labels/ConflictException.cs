using Tiny.Training;

namespace Tiny.Studio.Labels;

/// <summary>What an edit is about is no longer as the page showed it.</summary>
internal sealed class ConflictException(string message) : TinyException(message);
