using System.Collections.Concurrent;
using System.Diagnostics;
using Tiny.Cli.Sweep;

namespace Tiny.Cli.Tests.Sweep;

/// <summary>Workers that crash, are killed, talk nonsense or do not start: here shell scripts, which do so when they are told.</summary>
public sealed class WorkerPoolTests : WorkFolder
{
    private const string Answer =
        """echo "{\"id\":$id,\"accuracy\":0.5,\"parameters\":9,\"blob_bytes\":100,"""
        + """\"ram\":1,\"instructions\":{\"lto\":1,\"dev\":1,\"soft\":1},\"seconds\":1}" """;

    private static readonly Trial[] Trials = [.. Enumerable.Range(0, 6).Select(id => new Trial(id, id, 0, 1, ["--layers", $"{id}"]))];

    [Theory]
    [InlineData("kill -9 $$", "killed by signal 9")]
    [InlineData("kill -6 $$", "killed by signal 6")]
    [InlineData("exit 7", "exit code 7")]
    [InlineData("exit 0", "exit code 0")]
    [InlineData("echo nonsense; exit 3", "exit code 3")]
    [InlineData("echo '{\"id\":4}'; exit 3", "exit code 3")]
    [InlineData("echo '{\"id\":2,\"rmse\":null,\"blob_bytes\":1}'; exit 3", "exit code 3")]
    public void A_trial_that_ends_its_process_twice_has_failed_and_the_others_go_on(string crash, string how)
    {
        ConcurrentDictionary<int, TrialResult> results = Run($"if [ $id = 2 ]; then {crash}; fi; {Answer}", jobs: 2);
        Assert.Equal(6, results.Count);
        Assert.Contains($"ended without a result, 2 times: the last time it", results[2].Error, StringComparison.Ordinal);
        Assert.Contains(how, results[2].Error, StringComparison.Ordinal);
        Assert.All(results.Values.Where(result => result.Id != 2), result => Assert.Equal(0.5, result.Accuracy));
    }

    [Fact]
    public void A_trial_whose_process_was_killed_once_is_run_again()
    {
        ConcurrentDictionary<int, TrialResult> results =
            Run($"if [ $id = 3 ] && [ ! -e {At("once")} ]; then touch {At("once")}; kill -9 $$; fi; {Answer}", jobs: 1);
        Assert.Equal(6, results.Count);
        Assert.All(results.Values, result => Assert.Null(result.Error));
        Assert.True(File.Exists(At("once")));
    }

    [Fact]
    public void Workers_that_do_not_start_are_no_fault_of_the_trials() =>
        Assert.Contains("cannot be started: it ended with exit code 5",
        Assert.Throws<ModelException>(() => Run("", jobs: 2, begin: "exit 5")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_worker_that_was_interrupted_stops_the_sweep() =>
        Assert.Throws<OperationCanceledException>(() => Run($"exit {ExitCode.Interrupted}", jobs: 2));

    [Fact]
    public void A_result_that_cannot_be_kept_stops_all_workers()
    {
        int kept = 0;
        Assert.Throws<ModelException>(() => WorkerPool.Run(() => Worker($"sleep 0.05; {Answer}", "echo ready"), Trials, 2,
            _ => throw new ModelException($"full {++kept}"), CancellationToken.None));
        Assert.InRange(kept, 1, 2);
    }

    private static ConcurrentDictionary<int, TrialResult> Run(string onTrial, int jobs, string begin = "echo ready")
    {
        ConcurrentDictionary<int, TrialResult> results = new();
        WorkerPool.Run(() => Worker(onTrial, begin), Trials, jobs, result => Assert.True(results.TryAdd(result.Id, result)),
            CancellationToken.None);
        return results;
    }

    private static WorkerProcess Worker(string onTrial, string begin) => new(
        new ProcessStartInfo("bash", ["-c",
            $"{begin}; while read id; do {(onTrial.Length > 0 ? onTrial : "true")}; done"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        });
}
