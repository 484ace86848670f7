namespace Tiny.Studio.Folders;

/// <summary>A line of the journal.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Kind">What it is: an action, or one undone or done again.</param>
/// <param name="What">The action, in words for the undo button.</param>
/// <param name="Files">The files that it changed.</param>
internal sealed record JournalEntry(int Version, JournalKind Kind, string What, IReadOnlyList<FileChange> Files);
