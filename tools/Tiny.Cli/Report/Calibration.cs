namespace Tiny.Cli.Report;

/// <summary>
/// How far probabilities can be trusted: of the rows predicted with a probability in each tenth, the share that is right.
/// </summary>
internal sealed class Calibration
{
    private const int BinCount = 10;

    private Calibration(IReadOnlyList<Bin> bins, double error, int rows)
    {
        Bins = bins;
        Error = error;
        Rows = rows;
    }

    /// <summary>Those that hold rows, the least probability first.</summary>
    internal IReadOnlyList<Bin> Bins { get; }

    /// <summary>The expected calibration error: the mean distance of probability and accuracy, each bin counted by its rows.</summary>
    internal double Error { get; }

    /// <summary>Rows looked at.</summary>
    internal int Rows { get; }

    /// <summary>Counts answers.</summary>
    /// <param name="answers">Of each row the probability of the class predicted, and whether it is the row's class.</param>
    internal static Calibration Of(IReadOnlyList<(float Probability, bool IsRight)> answers)
    {
        Bin[] bins =
        [
            .. answers.GroupBy(answer => Math.Clamp((int)(answer.Probability * BinCount), 0, BinCount - 1)).OrderBy(group => group.Key)
                .Select(group => new Bin(group.Average(answer => (double)answer.Probability),
                group.Average(answer => answer.IsRight ? 1.0 : 0), group.Count())),
        ];
        return new Calibration(bins, bins.Sum(bin => bin.Rows * Math.Abs(bin.Probability - bin.Accuracy)) / answers.Count, answers.Count);
    }

    /// <summary>Rows of like probability.</summary>
    /// <param name="Probability">The mean probability of the class predicted.</param>
    /// <param name="Accuracy">The share that is right.</param>
    /// <param name="Rows">How many.</param>
    internal readonly record struct Bin(double Probability, double Accuracy, int Rows);
}
