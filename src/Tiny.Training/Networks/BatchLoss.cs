using System.Numerics.Tensors;
using Tiny.Core.Losses;

namespace Tiny.Training.Networks;

/// <summary>The losses of one row of a batch, each beside its gradient.</summary>
internal static class BatchLoss
{
    /// <summary>Outputs above this tell their logarithm well enough; below it the sums do.</summary>
    private const float SurelyNormal = 1e-20f;

    /// <summary>The loss. z sums, a outputs, t targets of the last layer.</summary>
    internal static double OfRow(Loss loss, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> t) => loss switch
    {
        Loss.MeanSquaredError => SumOfSquares(a, t) / a.Length,
        Loss.HalfSquaredError => SumOfSquares(a, t) / 2,
        Loss.BinaryCrossEntropy => BinaryCrossEntropy(z, t),
        Loss.SoftmaxCrossEntropy => SoftmaxCrossEntropy(z, a, t),
        Loss.MultiClassHinge => Hinge(a, t),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), $"Unknown loss {loss}."),
    };

    /// <summary>
    /// d = the gradient of the mean over so many rows, on the sums or the outputs as <see cref="LossFunction.GivesGradientOnSums"/> says.
    /// </summary>
    internal static void GradientOfRow(Span<float> d, Loss loss, ReadOnlySpan<float> a, ReadOnlySpan<float> t, int rows)
    {
        if (loss == Loss.MultiClassHinge)
        {
            HingeGradient(d, a, t, 1f / rows);
            return;
        }

        float scale = loss switch
        {
            Loss.MeanSquaredError => 2f / (rows * d.Length),
            Loss.BinaryCrossEntropy => 1f / (rows * d.Length),
            _ => 1f / rows,
        };
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = (a[i] - t[i]) * scale;
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> a, ReadOnlySpan<float> t)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double error = a[i] - t[i];
            sum += error * error;
        }

        return sum;
    }

    /// <summary>From the logit: max(z, 0) - z t + ln(1 + e^-|z|).</summary>
    private static double BinaryCrossEntropy(ReadOnlySpan<float> z, ReadOnlySpan<float> t)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            sum += Math.Max(z[i], 0) - (double)z[i] * t[i] + Math.Log(1 + Math.Exp(-Math.Abs(z[i])));
        }

        return sum / z.Length;
    }

    /// <summary>-sum t ln a; where an output is too small to tell, from the sums: ln sum e^(z - max) - (z - max).</summary>
    private static double SoftmaxCrossEntropy(ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> t)
    {
        double loss = 0;
        for (int i = 0; i < t.Length; i++)
        {
            if (t[i] != 0f)
            {
                loss -= t[i] * (a[i] > SurelyNormal ? Math.Log(a[i]) : LogOfProbability(z, i));
            }
        }

        return loss;
    }

    private static double LogOfProbability(ReadOnlySpan<float> z, int index)
    {
        double max = TensorPrimitives.Max(z);
        double sum = 0;
        foreach (float value in z)
        {
            sum += Math.Exp(value - max);
        }

        return z[index] - max - Math.Log(sum);
    }

    private static double Hinge(ReadOnlySpan<float> a, ReadOnlySpan<float> t)
    {
        int right = TensorPrimitives.IndexOfMax(t);
        double loss = 0;
        for (int i = 0; i < a.Length; i++)
        {
            loss += i == right ? 0 : Math.Max(0, a[i] - a[right] + 1f);
        }

        return loss;
    }

    private static void HingeGradient(Span<float> d, ReadOnlySpan<float> a, ReadOnlySpan<float> t, float scale)
    {
        int right = TensorPrimitives.IndexOfMax(t);
        float violations = 0f;
        for (int i = 0; i < a.Length; i++)
        {
            d[i] = i != right && a[i] - a[right] + 1f > 0f ? scale : 0f;
            violations += d[i];
        }

        d[right] = -violations;
    }
}
