using Tiny.Training.Evaluation;

namespace Tiny.Cli.Output;

/// <summary>Rows of one class that were predicted as another.</summary>
/// <param name="Actual">Their class.</param>
/// <param name="Predicted">The class predicted.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Share">Of the class's rows.</param>
internal sealed record Confusion(int Actual, int Predicted, long Rows, double Share)
{
    /// <summary>All of a matrix, the most frequent first.</summary>
    internal static Confusion[] AllOf(ConfusionMatrix matrix) =>
    [
        .. matrix.Counts.SelectMany((row, actual) => row.Select((count, predicted) => (actual, predicted, count))
            .Where(cell => cell.count > 0 && cell.actual != cell.predicted))
            .Select(cell => new Confusion(cell.actual, cell.predicted, cell.count, (double)cell.count / matrix.RowsOf(cell.actual)))
            .OrderByDescending(pair => pair.Rows).ThenBy(pair => pair.Actual).ThenBy(pair => pair.Predicted),
    ];

    /// <summary>The classes that occur, those of the lowest recall first.</summary>
    internal static int[] LowestRecall(ConfusionMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Counts.Count).Where(i => matrix.RowsOf(i) > 0).OrderBy(matrix.Recall).ThenBy(i => i)];
}
