namespace Tiny.Training.Evaluation;

/// <summary>Errors of a regression, gathered row by row.</summary>
public sealed class RegressionErrors
{
    private double squares;
    private double sum;
    private double sumOfSquares;
    private int rows;

    /// <summary>Root of the mean squared error, in the target's unit.</summary>
    public double Rmse => Math.Sqrt(squares / rows);

    /// <summary>R2: the share of the targets' variance that is explained; NaN where they have none.</summary>
    public double R2 => 1 - squares / (sumOfSquares - sum * sum / rows);

    /// <summary>Counts a row.</summary>
    public void Add(float actual, float predicted)
    {
        double error = (double)predicted - actual;
        squares += error * error;
        sum += actual;
        sumOfSquares += (double)actual * actual;
        rows++;
    }
}
