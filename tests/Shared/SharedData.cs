namespace Tiny.Tests;

/// <summary>The real data that lies beside the checkout, in ../shared/data or where TINY_SHARED says; not part of the repository.</summary>
public static class SharedData
{
    /// <summary>The data folder, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>A file in it.</summary>
    public static string Path(string name) => System.IO.Path.Combine(Folder!, name);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TINY_SHARED") is { Length: > 0 } named)
        {
            return Directory.Exists(System.IO.Path.Combine(named, "data")) ? System.IO.Path.Combine(named, "data") : null;
        }

        string beside = System.IO.Path.Combine(Repository.Root, "..", "shared", "data");
        return Directory.Exists(beside) ? System.IO.Path.GetFullPath(beside) : null;
    }
}

/// <summary>A test on the real data; skipped with a word where it is absent.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "The real data sets are not beside the checkout (../shared/data, or the folder that TINY_SHARED names).";
        }
    }
}

/// <summary>A theory on the real data; skipped with a word where it is absent.</summary>
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        Skip = new SharedDataFactAttribute().Skip;
    }
}
