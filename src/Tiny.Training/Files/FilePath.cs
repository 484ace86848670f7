namespace Tiny.Training.Files;

/// <summary>Where a path leads, and whether two lead to the same file.</summary>
/// <example>
/// <code>
/// bool isOne = FilePath.Identity("model.tiny") == FilePath.Identity("./model.tiny");
/// </code>
/// </example>
public static class FilePath
{
    /// <summary>The path of the file itself where the path is a symbolic link, whether the file is there or not.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Target(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>
    /// The same text for all paths to one file: through ./, links of both kinds, other folders' names. Of a file that is not there
    /// yet it is the folder and the name, capitals and small letters alike: on many systems they are one file.
    /// </summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Identity(string path)
    {
        FileStatus found = FileStatus.Of(path);
        if (found.Identity is not null)
        {
            return found.Identity;
        }

        string target = Target(path);
        string? folder = Path.GetDirectoryName(target);
        return folder is null
            ? target
            : $"{FileStatus.Of(folder).Identity ?? folder.ToUpperInvariant()}/{Path.GetFileName(target).ToUpperInvariant()}";
    }
}
