namespace Tiny.Training.Evaluation;

/// <summary>How often each class was taken for each.</summary>
/// <seealso cref="CoreEvaluation"/>
public sealed class ConfusionMatrix
{
    private const int EvenRatio = 3;

    private readonly long[][] counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">Classes, 2 or more.</param>
    public ConfusionMatrix(int classes)
    {
        counts = [.. Enumerable.Range(0, classes).Select(_ => new long[classes])];
    }

    /// <summary>(classes)(classes): the count at [actual][predicted].</summary>
    public IReadOnlyList<IReadOnlyList<long>> Counts => counts;

    /// <summary>Rows counted.</summary>
    public long Rows => counts.Sum(row => row.Sum());

    /// <summary>Share of rows whose class was told right.</summary>
    public double Accuracy => Rows == 0 ? 0 : (double)counts.Select((row, i) => row[i]).Sum() / Rows;

    /// <summary>
    /// The mean recall of the classes that have rows: what guessing one class all the time does not raise. 0 without rows.
    /// </summary>
    public double BalancedAccuracy => Rows == 0 ? 0 : PresentClasses.Average(Recall);

    /// <summary>Whether the accuracy says little of the rarer classes: some class has more than three times the rows of another.</summary>
    public bool IsUneven => Rows > 0 && PresentClasses.Max(RowsOf) > EvenRatio * PresentClasses.Min(RowsOf);

    private IEnumerable<int> PresentClasses => Enumerable.Range(0, counts.Length).Where(actual => RowsOf(actual) > 0);

    /// <summary>Counts a row.</summary>
    /// <param name="actual">The class of the row, from 0.</param>
    /// <param name="predicted">The class that was predicted, from 0.</param>
    public void Add(int actual, int predicted) => counts[actual][predicted]++;

    /// <summary>Share of this class's rows that were told right; NaN where it has none.</summary>
    /// <param name="actual">The class of the row, from 0.</param>
    /// <returns>From 0 to 1, or NaN.</returns>
    public double Recall(int actual) => (double)counts[actual][actual] / RowsOf(actual);

    /// <summary>Share right of what was told to be this class; NaN where nothing was.</summary>
    /// <param name="predicted">The class that was predicted, from 0.</param>
    /// <returns>From 0 to 1, or NaN.</returns>
    public double Precision(int predicted) => (double)counts[predicted][predicted] / counts.Sum(row => row[predicted]);

    /// <summary>How many rows of this class were counted.</summary>
    /// <param name="actual">The class of the row, from 0.</param>
    public long RowsOf(int actual) => counts[actual].Sum();
}
