using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Tiny.Training.Matrices;

namespace Tiny.Benchmarks.Desktop;

/// <summary>
/// Times whole jobs side by side with the peers, ours and theirs by turns in processes of
/// their own, and writes a table of medians and ratios.
/// </summary>
internal static partial class PeerComparison
{
    private const int Rounds = 3;

    /// <summary>Runs all jobs whose peer is installed.</summary>
    /// <param name="shared">The folder with the peers and the data.</param>
    /// <param name="python">The Python that has them.</param>
    internal static string Run(string shared, string python)
    {
        string peers = Path.Combine(shared, "peers");
        string mnist = Path.Combine(shared, "data", "mnist");
        StringBuilder table = new();
        (double peak, double product) = Peak.Measure(64, 1000, 100);
        table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"""
            # Training on the desk, side by side with the peers

            Written by `tests/Tiny.Benchmarks/peers.sh`. {DateTime.UtcNow:yyyy-MM-dd}, {MachineName()}, {Environment.ProcessorCount} cores,
            vectors of {MatrixProducts.Widest.VectorBits} bits, {RuntimeInformation.FrameworkDescription}; {Version(
            python, "numpy")}, {Version(python, "torch")}.
            Medians of {Rounds} runs by turns, the best number of threads (1 or 2) of each side. Two layers: our second run in a process, as the
            first compiles; MNIST: the median epoch of five. Ours normalizes its inputs, which the peer's script does not.

            Forward product 64x1000x100 on one core: {product:0} GFLOP/s; independent multiply-adds in registers: {peak:0}; {product
            / peak:0%}.

            | job | ours, s | peer, s | times as fast | ours | peer |
            |---|---|---|---|---|---|
            """));
        if (Has(python, "numpy"))
        {
            Add(table, "two layers 64x1000x100x10, 2000 steps, against numpy", ["job", "two-layer"], Jobs.TwoLayerOperations,
                threads => Start(python, $"\"{peers}/two_layer_numpy.py\"", ("OPENBLAS_NUM_THREADS", threads.ToString())));
        }

        if (Has(python, "torch"))
        {
            foreach ((string net, int epochs) in new[] { ("strided", 5), ("gap", 10), ("pooled", 5) })
            {
                Add(table, $"MNIST, convolutions, {net}, batch 64, an epoch of {epochs}, against PyTorch",
                    ["job", "cnn", mnist, net, $"{epochs}", "64"], 0,
                    threads => Start(python, $"\"{peers}/cnn_torch.py\" {threads} {net} {epochs} 64"));
            }

            foreach ((int hidden, int batch) in new[] { (32, 32), (128, 32), (512, 128), (32, 1) })
            {
                Add(table, $"MNIST 784-{hidden}-10, batch {batch}, an epoch, against PyTorch",
                    ["job", "mnist", mnist, $"{hidden}", $"{batch}"], 0,
                    threads => Start(python, batch > 1
                        ? $"\"{peers}/mlp_torch.py\" {threads} {hidden} {batch}"
                        : AtLowRate($"{peers}/mlp_torch.py", $"{threads} {hidden} {batch}")));
            }
        }

        return table.ToString();
    }

    /// <summary>
    /// A row of the table; where the operations of the job are known, with the share of what the
    /// threads that it uses reach with independent multiply-adds.
    /// </summary>
    private static void Add(StringBuilder table, string job, string[] ours, double operations, Func<int, string> peer)
    {
        string program = Environment.ProcessPath!;
        Dictionary<int, List<double>> ourTimes = new() { [1] = [], [2] = [] };
        Dictionary<int, List<double>> peerTimes = new() { [1] = [], [2] = [] };
        string ourWords = "";
        string peerWords = "";
        for (int round = 0; round < Rounds; round++)
        {
            foreach (int threads in new[] { 1, 2 })
            {
                ourTimes[threads].Add(Seconds(ourWords = Start(program, string.Join(' ', [.. ours, $"{threads}"]))));
                peerTimes[threads].Add(Seconds(peerWords = peer(threads)));
            }
        }

        (double our, int used) = ourTimes.Min(times => (Jobs.Median([.. times.Value]), times.Key));
        double their = peerTimes.Values.Min(times => Jobs.Median([.. times]));
        string row = string.Create(CultureInfo.InvariantCulture,
            $"| {job} | {our:0.000} | {their:0.000} "
                + $"| {their / our:0.0} | {After(ourWords)}{Share(operations / our / 1e9, used)} | {After(peerWords)} |");
        Console.Error.WriteLine(row); // a run takes a quarter of an hour: what is measured is seen at once
        table.AppendLine(row);
    }

    /// <summary>What a rate is of the independent multiply-adds of the threads that were used.</summary>
    private static string Share(double rate, int threads)
    {
        if (rate == 0)
        {
            return "";
        }

        double reached = Peak.OfThreads(threads);
        string team = threads == 1 ? "one thread" : $"{threads} threads";
        return string.Create(CultureInfo.InvariantCulture, $"; {rate / reached:0%} of the {reached:0} GFLOP/s of {team}");
    }

    /// <summary>
    /// Row by row a rate of 0.1 diverges, and what does not learn is no measure: the peer's script with the rate that our job takes.
    /// </summary>
    private static string AtLowRate(string script, string arguments) =>
        $"-c \"f='{script}'; exec(open(f).read().replace('lr=0.1', 'lr=0.01'), {{'__file__': f}})\" {arguments}";

    /// <summary>The number before " s" in what a job prints.</summary>
    private static double Seconds(string words) =>
        double.Parse(SecondsPattern().Match(words).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>What follows its last comma: accuracy or loss.</summary>
    private static string After(string words) => words[(words.LastIndexOf(',') + 1)..].Trim();

    private static bool Has(string python, string module)
    {
        bool has = Version(python, module) != $"no {module}";
        if (!has)
        {
            Console.Error.WriteLine($"{module} is not installed for {python}: its jobs are skipped.");
        }

        return has;
    }

    private static string Version(string python, string module)
    {
        try
        {
            return $"{module} {Start(python, $"-c \"import {module}; print({module}.__version__)\"").Trim()}";
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"no {module}";
        }
    }

    private static string Start(string program, string arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} failed: {errors.Result}");
    }

    private static string MachineName()
    {
        const string Path = "/proc/cpuinfo";
        string? line = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.OSDescription;
    }

    [GeneratedRegex(@"([0-9.]+) s\b")]
    private static partial Regex SecondsPattern();
}
