namespace Tiny.Training.Quantization;

/// <summary>What a layer's whole-number inputs are like over the calibration rows.</summary>
/// <param name="Means">(inputs).</param>
/// <param name="Squares">(inputs), the mean of the squares.</param>
internal sealed record LayerInputs(double[] Means, double[] Squares)
{
    /// <summary>Over rows of (inputs).</summary>
    internal static LayerInputs Of(IEnumerable<double[]> rows, int inputs)
    {
        double[] means = new double[inputs];
        double[] squares = new double[inputs];
        int count = 0;
        foreach (double[] row in rows)
        {
            count++;
            for (int i = 0; i < inputs; i++)
            {
                means[i] += row[i];
                squares[i] += row[i] * row[i];
            }
        }

        for (int i = 0; i < inputs; i++)
        {
            means[i] /= count;
            squares[i] /= count;
        }

        return new LayerInputs(means, squares);
    }
}
