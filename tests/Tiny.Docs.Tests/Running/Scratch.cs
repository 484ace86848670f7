using System.Diagnostics;
using Tiny.Tests;

namespace Tiny.Docs.Tests.Running;

/// <summary>
/// A folder of its own in which the commands of a page are run as a reader would at the top of a checkout: it has links to what lies there,
/// and what commands write stays in it. Disposing deletes it.
/// </summary>
public sealed class Scratch : IDisposable
{
    private readonly string commands;

    /// <summary>Makes the folder, with <c>tiny</c> and <c>dotnet</c> as commands on its path.</summary>
    public Scratch()
    {
        Folder = Directory.CreateTempSubdirectory("tiny-docs-").FullName;
        commands = Directory.CreateTempSubdirectory("tiny-docs-bin-").FullName;
        foreach (string entry in Directory.EnumerateFileSystemEntries(Repository.Root))
        {
            // What commands that were run at the top have left there would be in the way of those that write it.
            if (!Path.GetFileName(entry).StartsWith(".git", StringComparison.Ordinal)
                && Path.GetExtension(entry) is not (".tiny" or ".csv" or ".json"))
            {
                File.CreateSymbolicLink(Path.Combine(Folder, Path.GetFileName(entry)), entry);
            }
        }

        string tiny = Path.Combine(Repository.Root, "tools/Tiny.Cli/bin/Release/net10.0/tiny.dll");
        Script("tiny", $"exec \"$TINY_DOTNET\" '{tiny}' \"$@\"");
        Script("dotnet", DotnetStandIn);
    }

    /// <summary>The folder's path.</summary>
    public string Folder { get; }

    // By its path, as the stand-in has its name.
    private static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);

    // Building was done before and would take minutes: a build only checks that its project is there, and a run takes what was built.
    private static string DotnetStandIn => """
        case "$1" in
        build|test)
          for word; do case "$word" in *.sln|*.csproj) [ -e "$word" ] || { echo "There is no $word." >&2; exit 1; } ;; esac; done
          exit 0 ;;
        run)
          shift
          while [ "$1" = -c ] || [ "$1" = --project ]; do [ "$1" = --project ] && project="$2"; shift 2; done
          [ "$1" = -- ] && shift
          built=$(ls "$project"/bin/Release/net10.0/*.runtimeconfig.json | head -n 1)
          exec "$TINY_DOTNET" "${built%.runtimeconfig.json}.dll" "$@" ;;
        esac
        exec "$TINY_DOTNET" "$@"
        """;

    /// <summary>Runs a command of bash in the folder.</summary>
    /// <param name="command">One or more lines.</param>
    /// <returns>The exit code, and stdout and stderr together as lines.</returns>
    /// <remarks>After five minutes it is killed, which counts as exit code 124, as that of timeout(1).</remarks>
    public (int Exit, string[] Lines) Run(string command)
    {
        ProcessStartInfo start = new("bash", ["-e", "-o", "pipefail", "-c", "exec 2>&1\n" + command])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = commands + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["TINY_DOTNET"] = Dotnet;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["COLUMNS"] = "400"; // pages show each sentence on a line: where it breaks is the terminal's affair
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        bool ended = process.WaitForExit(TimeSpan.FromMinutes(5));
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        string text = output.Result.ReplaceLineEndings("\n").TrimEnd('\n');
        return (ended ? process.ExitCode : 124, text.Length == 0 ? [] : text.Split('\n'));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Directory.Delete(Folder, true);
        Directory.Delete(commands, true);
    }

    private void Script(string name, string text)
    {
        string path = Path.Combine(commands, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
