using System.Diagnostics;
using System.IO.Compression;

namespace Tiny.Emulator.Tests.Costs;

/// <summary>The library's sources at the commit whose calls were counted on the real interpreter.</summary>
internal static class CountedHistory
{
    private const string Commit = "2f16d18";
    private static readonly string[] Folders = ["src/Tiny.Core", "src/Tiny.Features", "src/Tiny.Adaptation"];

    /// <summary>Why they cannot be had, or null.</summary>
    internal static string? Absence { get; } = Git(["cat-file", "-e", Commit + "^{commit}"]) is null
        ? $"The sources at {Commit} are not in this checkout's history: clone without --depth to compare whole calls."
        : null;

    /// <summary>The text of each device source.</summary>
    internal static IEnumerable<string> Sources()
    {
        using ZipArchive archive = new(new MemoryStream(Git(["archive", "--format=zip", Commit, .. Folders])!));
        foreach (ZipArchiveEntry entry in archive.Entries.Where(
            entry => entry.Name.EndsWith(".cs", StringComparison.Ordinal)
                && !entry.FullName.Contains("/Properties/", StringComparison.Ordinal)))
        {
            using StreamReader reader = new(entry.Open());
            yield return reader.ReadToEnd();
        }
    }

    private static byte[]? Git(string[] arguments)
    {
        try
        {
            using Process git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = Tiny.Tests.Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> complaints = git.StandardError.ReadToEndAsync();
            using MemoryStream output = new();
            git.StandardOutput.BaseStream.CopyTo(output);
            git.WaitForExit();
            _ = complaints.Result;
            return git.ExitCode == 0 ? output.ToArray() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
