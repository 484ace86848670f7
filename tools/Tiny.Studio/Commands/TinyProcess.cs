using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tiny.Studio.Commands;

/// <summary>
/// A run of tiny in the folder: a process of its own, so that what the page does is the command that it shows, and a run that fails or is
/// stopped takes nothing with it.
/// </summary>
internal sealed class TinyProcess : IDisposable
{
    private const int Terminate = 15; // SIGTERM: SIGINT is ignored by what a shell starts in the background, and by all that it starts
    private const int MostOutput = 1 << 22; // characters kept

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    /// <summary>Starts it.</summary>
    /// <param name="start">The program and its arguments.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="onError">Told of each line on stderr.</param>
    internal TinyProcess(ProcessStartInfo start, string folder, Action<string>? onError = null)
    {
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["COLUMNS"] = "100000"; // a line for each thing said
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.UseShellExecute = false;
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            Keep(errors, line.Data);
            if (line.Data is not null)
            {
                onError?.Invoke(line.Data);
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said on stdout.</summary>
    internal string Output => Text(output);

    /// <summary>What it said on stderr.</summary>
    internal string Errors => Text(errors);

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> Wait()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Asks it to end, as Ctrl-C does: a training keeps its checkpoint.</summary>
    internal void Stop()
    {
        try
        {
            if (OperatingSystem.IsWindows() || Kill(process.Id, Terminate) != 0)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>What of its stderr says why it failed: the lines of tiny itself, else all of it.</summary>
    internal static string Complaint(string errors)
    {
        const string mark = "tiny: ";
        string said = string.Join(' ',
            errors.Split('\n').Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]));
        return said.Length > 0 ? said : errors.Trim();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null && text.Length < MostOutput)
            {
                text.Append(line).Append('\n');
            }
        }
    }
}
