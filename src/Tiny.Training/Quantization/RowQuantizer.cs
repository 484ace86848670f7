namespace Tiny.Training.Quantization;

/// <summary>Rounds one row of weights to int8 with a scale of its own.</summary>
internal static class RowQuantizer
{
    private const int Most = 127;

    /// <summary>
    /// The scale at which the row's sum comes out nearest over the calibration inputs: rounding error grows with the scale, what is cut
    /// off at 127 grows as it shrinks, and inputs count by their energy. A weight of an input that is nearly always 0 may well be cut.
    /// </summary>
    internal static double BestScale(double[] weights, LayerInputs inputs)
    {
        double largest = weights.Max(Math.Abs);
        if (largest == 0)
        {
            return 0;
        }

        double best = largest / Most;
        double least = Error(weights, inputs, best);
        for (double scale = best * 0.95; scale > largest / Most / 64; scale *= 0.95)
        {
            double error = Error(weights, inputs, scale);
            if (error < least)
            {
                least = error;
                best = scale;
            }
        }

        return best;
    }

    /// <summary>The mean square error of the row's sum, inputs taken as independent.</summary>
    internal static double Error(double[] weights, LayerInputs inputs, double scale)
    {
        double error = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double difference = weights[i] - scale * Rounded(weights[i], scale);
            error += difference * difference * inputs.Squares[i];
        }

        return error;
    }

    /// <summary>The weight in whole steps of the scale, within int8.</summary>
    internal static int Rounded(double weight, double scale) => scale == 0 ? 0 : (int)Math.Clamp(Math.Round(weight / scale), -Most, Most);
}
