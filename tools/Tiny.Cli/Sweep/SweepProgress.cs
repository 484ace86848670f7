using Tiny.Cli.Output;

namespace Tiny.Cli.Sweep;

/// <summary>The best so far: a table that is written over on a terminal, in a log a line when there is a better one.</summary>
internal sealed class SweepProgress : IDisposable
{
    private const int MostShown = 8;

    private readonly SweepPlan plan;
    private readonly IReadOnlyList<Trial> trials;
    private readonly IReadOnlyDictionary<int, TrialResult> results;
    private DateTime next = DateTime.MinValue;
    private double best = double.NegativeInfinity;
    private int lines;

    internal SweepProgress(SweepPlan plan, IReadOnlyList<Trial> trials, IReadOnlyDictionary<int, TrialResult> results)
    {
        this.plan = plan;
        this.trials = trials;
        this.results = results;
    }

    /// <summary>Shows how things stand: a few times a second, less often where there is more to look through.</summary>
    internal void Show()
    {
        bool last = results.Count == trials.Count;
        DateTime begun = DateTime.UtcNow;
        if (begun < next && !last)
        {
            return;
        }

        SweepOutcome outcome = SweepOutcome.Of(plan, trials, results);
        if (Words.MayDraw)
        {
            Draw(outcome);
        }
        else
        {
            Tell(outcome);
        }

        next = DateTime.UtcNow.AddMilliseconds(Math.Max(250, 20 * (DateTime.UtcNow - begun).TotalMilliseconds));
    }

    public void Dispose() => Clear();

    private void Tell(SweepOutcome outcome)
    {
        if (outcome.Front.Count > 0 && outcome.Front.MaxBy(candidate => candidate.Score) is Candidate candidate && candidate.Score > best)
        {
            best = candidate.Score;
            Words.Say($"{results.Count}/{trials.Count}  {(candidate.IsAccuracy ? "accuracy" : "RMSE")} {Format.Number(candidate.Mean)}  "
                + $"blob {Format.Bytes(candidate.First.BlobBytes)}  {candidate.Text}");
        }
    }

    private void Draw(SweepOutcome outcome)
    {
        Clear();
        TextTable table = new TextTable()
            .Add("configuration", outcome.Front.FirstOrDefault()?.IsAccuracy == false ? "RMSE" : "accuracy", "blob", "RAM", "ms");
        foreach (Candidate candidate in outcome.Front.OrderByDescending(candidate => candidate.Score).Take(MostShown))
        {
            table.Add(candidate.Text, Format.Number(candidate.Mean), Format.Count(candidate.First.BlobBytes),
                Format.Count(candidate.First.Ram), Format.Plain(candidate.Milliseconds));
        }

        // Each line on one of the terminal's, or what is written over would not be what was written.
        int width = Math.Max(20, Console.WindowWidth - 1);
        string[] shown = [.. table.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries),
            $"{results.Count} of {trials.Count} trials"];
        foreach (string line in shown)
        {
            Console.Error.WriteLine(Cells.Cut(line, width));
        }

        lines = shown.Length;
    }

    private void Clear()
    {
        if (lines > 0)
        {
            Console.Error.Write($"\u001b[{lines}A\u001b[J");
            lines = 0;
        }
    }
}
