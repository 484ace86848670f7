using System.Numerics.Tensors;
using Tiny.Core.Losses;

namespace Tiny.Training.Networks;

/// <summary>The losses on a batch, averaged over its rows, each beside its gradient.</summary>
internal static class BatchLoss
{
    /// <summary>Whether <see cref="Gradient"/> is the one on the last layer's sums already, rather than on its outputs.</summary>
    internal static bool GivesGradientOnSums(Loss loss) => loss is Loss.SoftmaxCrossEntropy or Loss.BinaryCrossEntropy;

    /// <summary>The sum over rows of the loss. z sums, a outputs, t targets of the last layer, all (n, count).</summary>
    internal static double Sum(Loss loss, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> t, int count)
    {
        double total = 0;
        for (int at = 0; at < a.Length; at += count)
        {
            total += OfRow(loss, z.Slice(at, count), a.Slice(at, count), t.Slice(at, count));
        }

        return total;
    }

    /// <summary>d (n, count) = the gradient of the mean over rows.</summary>
    internal static void Gradient(Span<float> d, Loss loss, ReadOnlySpan<float> a, ReadOnlySpan<float> t, int count)
    {
        int rows = a.Length / count;
        if (loss == Loss.MultiClassHinge)
        {
            for (int at = 0; at < a.Length; at += count)
            {
                HingeGradient(d.Slice(at, count), a.Slice(at, count), t.Slice(at, count), 1f / rows);
            }

            return;
        }

        float scale = loss switch
        {
            Loss.MeanSquaredError => 2f / (rows * count),
            Loss.BinaryCrossEntropy => 1f / (rows * count),
            _ => 1f / rows,
        };
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = (a[i] - t[i]) * scale;
        }
    }

    private static double OfRow(Loss loss, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> t)
    {
        switch (loss)
        {
            case Loss.MeanSquaredError:
                return SumOfSquares(a, t) / a.Length;
            case Loss.HalfSquaredError:
                return SumOfSquares(a, t) / 2;
            case Loss.BinaryCrossEntropy:
                return BinaryCrossEntropy(z, t);
            case Loss.SoftmaxCrossEntropy:
                return SoftmaxCrossEntropy(z, t);
            case Loss.MultiClassHinge:
                return Hinge(a, t);
            default:
                throw new ArgumentOutOfRangeException(nameof(loss), $"Unknown loss {loss}.");
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

    private static double SoftmaxCrossEntropy(ReadOnlySpan<float> z, ReadOnlySpan<float> t)
    {
        double max = double.NegativeInfinity;
        foreach (float value in z)
        {
            max = Math.Max(max, value);
        }

        double sum = 0;
        foreach (float value in z)
        {
            sum += Math.Exp(value - max);
        }

        double loss = 0;
        for (int i = 0; i < z.Length; i++)
        {
            loss += t[i] * (Math.Log(sum) - (z[i] - max));
        }

        return loss;
    }

    private static double Hinge(ReadOnlySpan<float> a, ReadOnlySpan<float> t)
    {
        int right = IndexOfLargest(t);
        double loss = 0;
        for (int i = 0; i < a.Length; i++)
        {
            loss += i == right ? 0 : Math.Max(0, a[i] - a[right] + 1f);
        }

        return loss;
    }

    private static void HingeGradient(Span<float> d, ReadOnlySpan<float> a, ReadOnlySpan<float> t, float scale)
    {
        int right = IndexOfLargest(t);
        float violations = 0f;
        for (int i = 0; i < a.Length; i++)
        {
            d[i] = i != right && a[i] - a[right] + 1f > 0f ? scale : 0f;
            violations += d[i];
        }

        d[right] = -violations;
    }

    /// <summary>The index of the largest value, the first where several are equal.</summary>
    internal static int IndexOfLargest(ReadOnlySpan<float> values) => TensorPrimitives.IndexOfMax(values);
}
