namespace Tiny.Tests;

/// <summary>The checkout the tests were built in.</summary>
public static class Repository
{
    /// <summary>The folder of Tiny.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tiny.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Tiny.sln above {start}: run the tests from a checkout.");
    }
}
