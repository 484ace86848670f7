using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Tiny.Cli.Sweep;

/// <summary>
/// Processes that run trials: each is told a trial's number on its stdin and answers with a line of result. A process of its own for each keeps what a trial does to memory
/// to itself; one for many trials compiles once. When this process ends, however it ends, so do they: their stdin closes.
/// </summary>
internal static class WorkerPool
{
    /// <summary>Runs trials.</summary>
    /// <param name="folder">The sweep's folder, in which the workers find the manifest.</param>
    /// <param name="trials">The trials to run.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="onResult">Told of each result, one at a time.</param>
    /// <param name="cancel">Stops them.</param>
    internal static void Run(SweepFolder folder, IReadOnlyList<Trial> trials, int jobs, Action<TrialResult> onResult, CancellationToken cancel)
    {
        ConcurrentQueue<Trial> waiting = new(trials);
        object one = new();
        Task[] workers =
        [
            .. Enumerable.Range(0, Math.Min(jobs, trials.Count)).Select(_ => Task.Run(() => Serve(folder, waiting, result =>
            {
                lock (one)
                {
                    onResult(result);
                }
            }, cancel), CancellationToken.None)),
        ];
        Task.WhenAll(workers).GetAwaiter().GetResult();
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>A worker's own end: runs what it is told until nobody tells it more.</summary>
    internal static int Work(SweepFolder folder, CancellationToken cancel)
    {
        TrialRunner runner = new(folder.ReadPlan());
        Dictionary<int, Trial> trials = [];
        while (Console.In.ReadLine() is string line)
        {
            int id = int.Parse(line, CultureInfo.InvariantCulture);
            if (!trials.ContainsKey(id))
            {
                trials = folder.ReadManifest().ToDictionary(trial => trial.Id);
            }

            Console.Out.WriteLine(SweepFolder.Line(runner.Run(trials[id], cancel)));
            Console.Out.Flush();
        }

        return ExitCode.Done;
    }

    private static void Serve(SweepFolder folder, ConcurrentQueue<Trial> waiting, Action<TrialResult> onResult, CancellationToken cancel)
    {
        using Process worker = Process.Start(Self(["sweep-worker", folder.Path]))!;
        using CancellationTokenRegistration stop = cancel.Register(() => Kill(worker));
        while (!cancel.IsCancellationRequested && waiting.TryDequeue(out Trial? trial))
        {
            worker.StandardInput.WriteLine(trial.Id.ToString(CultureInfo.InvariantCulture));
            worker.StandardInput.Flush();
            string? line = worker.StandardOutput.ReadLine();
            if (cancel.IsCancellationRequested)
            {
                return;
            }

            onResult(line is not null && SweepFolder.TryParse(line) is TrialResult result
                ? result
                : throw new ModelException($"the process that ran trial {trial.Id} ended with exit code {ExitCodeOf(worker)}. Call tiny sweep again: it goes on with what is missing."));
        }

        worker.StandardInput.Close();
        worker.WaitForExit();
    }

    private static void Kill(Process worker)
    {
        try
        {
            worker.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    private static int ExitCodeOf(Process worker)
    {
        worker.WaitForExit();
        return worker.ExitCode;
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
