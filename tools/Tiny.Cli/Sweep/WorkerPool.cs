using System.Collections.Concurrent;
using System.Globalization;

namespace Tiny.Cli.Sweep;

/// <summary>
/// Processes that run trials. A process of its own for each worker keeps what a trial does to memory to itself; one for
/// many trials compiles once. When this process ends, however it ends, so do they: their stdin closes.
/// </summary>
internal static class WorkerPool
{
    private const int Attempts = 2;

    /// <summary>Runs trials. One whose process crashes or is killed is tried once more in a fresh process, and then has failed.</summary>
    /// <param name="start">Starts a worker.</param>
    /// <param name="trials">The trials to run.</param>
    /// <param name="jobs">How many at a time.</param>
    /// <param name="onResult">Told of each result, one at a time.</param>
    /// <param name="cancel">Stops them.</param>
    /// <exception cref="ModelException">No process can be started, or a result cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static void Run(
        Func<WorkerProcess> start, IReadOnlyList<Trial> trials, int jobs, Action<TrialResult> onResult, CancellationToken cancel)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ConcurrentQueue<Trial> waiting = new(trials);
        object one = new();
        Task[] workers =
        [
            .. Enumerable.Range(0, Math.Min(jobs, trials.Count)).Select(_ => Task.Run(() =>
            {
                try
                {
                    Serve(start, waiting, result =>
                    {
                        lock (one)
                        {
                            onResult(result);
                        }
                    }, stop.Token);
                }
                catch
                {
                    stop.Cancel(); // the others would go on for hours
                    throw;
                }
            }, CancellationToken.None)),
        ];
        Task.WhenAll(workers).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        Exception? fault = workers.Select(worker => worker.Exception?.InnerException).OfType<Exception>()
            .OrderBy(error => error is OperationCanceledException).FirstOrDefault();
        if (fault is not null)
        {
            throw fault;
        }
    }

    /// <summary>A worker's own end: runs what it is told until nobody tells it more.</summary>
    internal static int Work(SweepFolder folder, CancellationToken cancel)
    {
        TrialRunner runner = new(folder.ReadPlan());
        Dictionary<int, Trial> trials = folder.ReadManifest().ToDictionary(trial => trial.Id);
        Console.Out.WriteLine(WorkerProcess.Ready);
        Console.Out.Flush();
        while (Console.In.ReadLine() is string line)
        {
            Console.Out.WriteLine(SweepFolder.Line(runner.Run(trials[int.Parse(line, CultureInfo.InvariantCulture)], cancel)));
            Console.Out.Flush();
        }

        return ExitCode.Done;
    }

    private static void Serve(
        Func<WorkerProcess> start, ConcurrentQueue<Trial> waiting, Action<TrialResult> onResult, CancellationToken cancel)
    {
        WorkerProcess? worker = null;
        try
        {
            while (!cancel.IsCancellationRequested && waiting.TryDequeue(out Trial? trial))
            {
                onResult(Run(start, trial, ref worker, cancel));
            }
        }
        finally
        {
            worker?.Dispose();
        }
    }

    /// <summary>Runs a trial in the worker, or in a fresh one where there is none or it has ended.</summary>
    private static TrialResult Run(Func<WorkerProcess> start, Trial trial, ref WorkerProcess? worker, CancellationToken cancel)
    {
        string why = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            worker ??= start();
            using CancellationTokenRegistration stop = cancel.Register(worker.Kill);
            if (worker.Run(trial) is TrialResult result)
            {
                return result;
            }

            cancel.ThrowIfCancellationRequested();
            if (worker.WasInterrupted())
            {
                throw new OperationCanceledException();
            }

            why = worker.HowItEnded();
            worker.Dispose();
            worker = null;
        }

        return TrialResult.Failed(trial,
            $"the process that ran it ended without a result, {Attempts} times: the last time {why}. Is there memory enough for it?");
    }
}
