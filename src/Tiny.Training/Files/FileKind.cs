namespace Tiny.Training.Files;

/// <summary>What stands at a path, links followed.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Missing,

    /// <summary>A file that holds what was written to it.</summary>
    Ordinary,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, named or not.</summary>
    Pipe,

    /// <summary>A device of characters, such as a terminal or /dev/null.</summary>
    CharacterDevice,

    /// <summary>A disk, a socket, or what else no file may be written to.</summary>
    Other,
}
