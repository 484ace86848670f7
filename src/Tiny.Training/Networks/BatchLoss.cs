using System.Numerics.Tensors;
using Tiny.Core.Losses;
using Tiny.Training.Matrices;

namespace Tiny.Training.Networks;

/// <summary>
/// The losses of a batch, averaged over its rows, each beside its gradient. Outputs a and
/// targets t are those of the network, z what its last function was taken of.
/// </summary>
internal static class BatchLoss
{
    /// <summary>Outputs above this tell their logarithm well enough; below it the sums do.</summary>
    private const float SurelyNormal = 1e-20f;

    /// <summary>The sum over rows of the loss, each row's times its weight.</summary>
    internal static double Sum(Loss loss, NetworkOutput end, Batch batch)
    {
        double sum = 0;
        for (int row = 0; row < batch.Rows; row++)
        {
            double each = loss switch
            {
                Loss.MeanSquaredError => SumOfSquares(end, batch, row) / batch.OutputCount,
                Loss.HalfSquaredError => SumOfSquares(end, batch, row) / 2,
                Loss.BinaryCrossEntropy => BinaryCrossEntropy(end, batch, row),
                Loss.SoftmaxCrossEntropy => SoftmaxCrossEntropy(end, batch, row),
                Loss.MultiClassHinge => Hinge(end, batch, row),
                _ => throw new ArgumentOutOfRangeException(nameof(loss), $"Unknown loss {loss}."),
            };
            sum += batch.Weights is null ? each : batch.Weights[row] * each;
        }

        return sum;
    }

    /// <summary>
    /// The gradient of the mean over rows, each row's times its weight, where <see cref="NetworkOutput.Gradients"/> says.
    /// </summary>
    internal static void Gradient(Loss loss, NetworkOutput end, Batch batch)
    {
        float[] d = end.Gradients;
        if (loss == Loss.MultiClassHinge)
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                HingeGradient(d, end, batch, row);
            }

            return;
        }

        int terms = loss is Loss.MeanSquaredError or Loss.BinaryCrossEntropy ? batch.OutputCount : 1;
        float scale = (loss == Loss.MeanSquaredError ? 2f : 1f) / (batch.Rows * terms);
        int outputs = batch.OutputCount;
        for (int row = 0; row < batch.Rows; row++)
        {
            float weighted = Weighted(scale, batch, row);
            for (int i = 0; i < outputs; i++)
            {
                int at = end.Index(row, i);
                d[at] = Underflow.Flush((end.Values[at] - batch.Targets[row * outputs + i]) * weighted);
            }
        }
    }

    private static float Weighted(float scale, Batch batch, int row) => batch.Weights is null ? scale : scale * batch.Weights[row];

    private static double SumOfSquares(NetworkOutput end, Batch batch, int row)
    {
        double sum = 0;
        ReadOnlySpan<float> t = batch.Target(row);
        for (int i = 0; i < t.Length; i++)
        {
            double error = end.Values[end.Index(row, i)] - t[i];
            sum += error * error;
        }

        return sum;
    }

    /// <summary>From the logit: max(z, 0) - z t + ln(1 + e^-|z|).</summary>
    private static double BinaryCrossEntropy(NetworkOutput end, Batch batch, int row)
    {
        double sum = 0;
        ReadOnlySpan<float> t = batch.Target(row);
        for (int i = 0; i < t.Length; i++)
        {
            double z = end.Sums[end.Index(row, i)];
            sum += Math.Max(z, 0) - z * t[i] + Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return sum / t.Length;
    }

    /// <summary>-sum t ln a; where an output is too small to tell, from the sums: ln sum e^(z - max) - (z - max).</summary>
    private static double SoftmaxCrossEntropy(NetworkOutput end, Batch batch, int row)
    {
        double loss = 0;
        ReadOnlySpan<float> t = batch.Target(row);
        for (int i = 0; i < t.Length; i++)
        {
            if (t[i] != 0f)
            {
                float a = end.Values[end.Index(row, i)];
                loss -= t[i] * (a > SurelyNormal ? Math.Log(a) : LogOfProbability(end, row, i));
            }
        }

        return loss;
    }

    private static double LogOfProbability(NetworkOutput end, int row, int index)
    {
        double max = double.NegativeInfinity;
        for (int i = 0; i < end.Count; i++)
        {
            max = Math.Max(max, end.Sums[end.Index(row, i)]);
        }

        double sum = 0;
        for (int i = 0; i < end.Count; i++)
        {
            sum += Math.Exp(end.Sums[end.Index(row, i)] - max);
        }

        return end.Sums[end.Index(row, index)] - max - Math.Log(sum);
    }

    private static double Hinge(NetworkOutput end, Batch batch, int row)
    {
        int right = TensorPrimitives.IndexOfMax<float>(batch.Target(row));
        float score = end.Values[end.Index(row, right)];
        double loss = 0;
        for (int i = 0; i < batch.OutputCount; i++)
        {
            loss += i == right ? 0 : Math.Max(0, end.Values[end.Index(row, i)] - score + 1f);
        }

        return loss;
    }

    private static void HingeGradient(float[] d, NetworkOutput end, Batch batch, int row)
    {
        int right = TensorPrimitives.IndexOfMax<float>(batch.Target(row));
        float score = end.Values[end.Index(row, right)];
        float each = Weighted(1f / batch.Rows, batch, row);
        float violations = 0f;
        for (int i = 0; i < batch.OutputCount; i++)
        {
            int at = end.Index(row, i);
            d[at] = i != right && end.Values[at] - score + 1f > 0f ? each : 0f;
            violations += d[at];
        }

        d[end.Index(row, right)] = -violations;
    }
}
