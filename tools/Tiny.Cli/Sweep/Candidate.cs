namespace Tiny.Cli.Sweep;

/// <summary>A configuration with what its trials came to, over its seeds.</summary>
/// <param name="Configuration">Its number.</param>
/// <param name="Trials">Its trials of the last rung it reached.</param>
/// <param name="Results">Their results.</param>
/// <param name="Mean">The mean of accuracy or RMSE on the validation rows.</param>
/// <param name="Spread">Its standard deviation over the seeds; NaN for one seed.</param>
/// <param name="Instructions">Of a prediction on the board.</param>
/// <param name="Milliseconds">The same in time.</param>
internal sealed record Candidate(
    int Configuration, IReadOnlyList<Trial> Trials, IReadOnlyList<TrialResult> Results, double Mean, double Spread, long Instructions,
    double Milliseconds)
{
    /// <summary>What is put on the device: the first seed's.</summary>
    internal TrialResult First => Results[0];

    /// <summary>Whether the figure is an accuracy, of which more is better.</summary>
    internal bool IsAccuracy => First.Accuracy is not null;

    /// <summary>More is better.</summary>
    internal double Score => IsAccuracy ? Mean : -Mean;

    /// <summary>The arguments in which it differs from others.</summary>
    internal string Text => string.Join(' ', Trials[0].Arguments);

    /// <summary>
    /// The instructions to two places: which units happen to be active moves them by less, and that makes no model better than another.
    /// </summary>
    internal double Effort => Math.Round(Instructions / Place) * Place;

    /// <summary>Whether it keeps within what a model may cost.</summary>
    internal bool Keeps(Constraints limits) =>
        (limits.MaxRam is not long ram || First.Ram <= ram) && (limits.MaxMilliseconds is not double time || Milliseconds <= time)
        && (limits.MaxBytes is not long bytes || First.BlobBytes <= bytes);

    /// <summary>At least as good in everything, and better in something.</summary>
    internal bool Dominates(Candidate other) =>
        Score >= other.Score && First.BlobBytes <= other.First.BlobBytes && First.Ram <= other.First.Ram && Effort <= other.Effort
        && (Score > other.Score || First.BlobBytes < other.First.BlobBytes || First.Ram < other.First.Ram || Effort < other.Effort);

    private double Place => Math.Pow(10, Math.Floor(Math.Log10(Instructions)) - 1);
}
