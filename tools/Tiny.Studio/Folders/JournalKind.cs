namespace Tiny.Studio.Folders;

/// <summary>What a line of the journal records.</summary>
internal enum JournalKind
{
    /// <summary>An action; what was undone before it cannot be done again.</summary>
    Do,

    /// <summary>The last action that was not undone, undone.</summary>
    Undo,

    /// <summary>The last action undone, done again.</summary>
    Redo,
}
