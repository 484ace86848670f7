using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Tiny.Cli.Sweep;

/// <summary>
/// A process that runs trials: told a trial's number on its stdin, it answers with a line of result. When its stdin closes, it ends.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>What a worker says when it can take trials.</summary>
    internal const string Ready = "ready";

    private const int Killed = 128; // and the signal's number

    private readonly Process process;

    /// <summary>Starts a worker.</summary>
    /// <param name="start">The program, its stdin and stdout redirected.</param>
    /// <exception cref="ModelException">It does not get as far as to take trials: no fault of theirs.</exception>
    internal WorkerProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() != Ready)
        {
            string why = HowItEnded();
            Dispose();
            throw new ModelException($"a process to run trials cannot be started: {why}.");
        }
    }

    /// <summary>Starts a worker for a sweep.</summary>
    /// <exception cref="ModelException">It does not get as far as to take trials: no fault of theirs.</exception>
    internal static WorkerProcess Of(SweepFolder folder) => new(Self(["sweep-worker", folder.Path]));

    /// <summary>Runs a trial; null if the process ends before it has a result, killed or crashed.</summary>
    internal TrialResult? Run(Trial trial)
    {
        try
        {
            process.StandardInput.WriteLine(trial.Id.ToString(CultureInfo.InvariantCulture));
            process.StandardInput.Flush();
            return process.StandardOutput.ReadLine() is string line && SweepFolder.Parse<TrialResult>(line) is { IsWhole: true } result
                && result.Id == trial.Id ? result : null;
        }
        catch (IOException)
        {
            return null; // its end of the pipe is gone, and so is it
        }
    }

    /// <summary>Whether it ended because it was asked to, as a terminal's Ctrl-C asks all processes.</summary>
    internal bool WasInterrupted()
    {
        End();
        return process.ExitCode == ExitCode.Interrupted;
    }

    /// <summary>How it ended, for a message.</summary>
    internal string HowItEnded()
    {
        End();
        int code = process.ExitCode;
        return code > Killed ? $"it was killed by signal {code - Killed}" : $"it ended with exit code {code}";
    }

    /// <summary>Ends it at once.</summary>
    internal void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Nobody is there to read what was not sent.
        }

        End();
        process.Dispose();
    }

    /// <summary>Waits for the end; a worker that talks nonsense instead of ending is ended.</summary>
    private void End()
    {
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            Kill();
            process.WaitForExit();
        }
    }

    /// <summary>This program, started as it was itself.</summary>
    internal static ProcessStartInfo Self(string[] arguments)
    {
        string program = Environment.ProcessPath!;
        bool byHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessStartInfo(program, byHost ? [Assembly.GetExecutingAssembly().Location, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
    }
}
