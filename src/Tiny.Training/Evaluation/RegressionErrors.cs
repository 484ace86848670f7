namespace Tiny.Training.Evaluation;

/// <summary>Errors of a regression, gathered row by row.</summary>
/// <seealso cref="CoreEvaluation"/>
public sealed class RegressionErrors
{
    private double squares;
    private double first; // targets are summed from here on, so that one that never changes has a variance of exactly 0
    private double sum;
    private double sumOfSquares;
    private long rows;

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public double Rmse => Math.Sqrt(squares / rows);

    /// <summary>R2: the share of the targets' variance that is explained; NaN where they have none.</summary>
    public double R2 => sumOfSquares - sum * sum / rows is > 0 and double variance ? 1 - squares / variance : double.NaN;

    /// <summary>Counts a row.</summary>
    /// <param name="actual">In the unit of the target.</param>
    /// <param name="predicted">In the unit of the target.</param>
    public void Add(float actual, float predicted)
    {
        first = rows == 0 ? actual : first;
        double error = (double)predicted - actual;
        double distance = actual - first;
        squares += error * error;
        sum += distance;
        sumOfSquares += distance * distance;
        rows++;
    }
}
