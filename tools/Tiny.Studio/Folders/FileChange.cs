namespace Tiny.Studio.Folders;

/// <summary>A file before and after an action.</summary>
/// <param name="Path">The file, below the folder, with slashes.</param>
/// <param name="Before">The key of what it held; null where it was not there.</param>
/// <param name="After">The key of what it holds now; null where it is gone.</param>
internal sealed record FileChange(string Path, string? Before, string? After);
