using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.FewLabels;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.FewLabels;

/// <summary>
/// The record of class means that a device learns few labels by: for each class the mean of the features before the output layer, the
/// reciprocals of their variances within classes, and the temperature at which distances tell probabilities best.
/// </summary>
/// <example>
/// <code>
/// byte[] more = ClassMeansRecord.AddTo(blob, data.Schema, rows);
/// </code>
/// </example>
public static class ClassMeansRecord
{
    // A feature whose variance is less than this share of the mean variance counts as having
    // that: a few examples say nothing of smaller ones.
    private const double LeastVariance = 0.01;

    // Rows that the temperature is found on; more make no difference.
    private const int MostJudged = 4000;

    // Temperatures are tried in steps of a third of a doubling, from 1 to 256.
    private const int Steps = 24;

    /// <summary>A blob with the means of these rows behind its weights.</summary>
    /// <param name="blob">The bytes of a classifier of two outputs or more that ends in a float32 layer.</param>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="rows">The rows that it was trained on.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The bytes of the new model.</returns>
    /// <exception cref="DataException">The model is none that class means go with, or a class has no rows.</exception>
    /// <exception cref="ArgumentNullException">There is no blob.</exception>
    /// <exception cref="Tiny.Core.Blobs.BlobException">The blob is wrong in some way.</exception>
    public static byte[] AddTo(byte[] blob, DataSchema schema, RowSource rows, CancellationToken cancel = default)
    {
        Network network = Network.FromBlob(blob);
        Layer last = network.GetLayer(network.LayerCount - 1);
        if (network.Task != NetworkTask.Classification || network.Outputs < 2 || last.Input is null || last.Input == last.Output)
        {
            throw new DataException("Class means go with a classifier of two outputs or more whose last layer is float32. With --weights "
                + "int8, keep it: --keep-float 1.");
        }

        int features = last.Inputs;
        double[][] means = [.. Enumerable.Range(0, network.Outputs).Select(_ => new double[features])];
        double[] variances = new double[features];
        long[] counts = new long[network.Outputs];
        Walk(network, rows, long.MaxValue, cancel, (values, label) =>
        {
            counts[label]++;
            for (int j = 0; j < features; j++)
            {
                means[label][j] += values[j];
                variances[j] += (double)values[j] * values[j];
            }
        });
        if (Array.FindIndex(counts, count => count == 0) is int empty and >= 0)
        {
            throw new DataException($"Class {schema.OutputNames[empty]} has no rows to take a mean of.");
        }

        Finish(means, variances, counts);
        double temperature = Temperature(network, rows, means, variances, cancel);
        return BlobExtras.With(blob, PrototypeSection.Tag, PrototypeSection.Version, ToBytes(means, variances, temperature));
    }

    /// <summary>From sums to means, and to variances within classes that are not too small.</summary>
    private static void Finish(double[][] means, double[] variances, long[] counts)
    {
        for (int j = 0; j < variances.Length; j++)
        {
            double between = 0;
            for (int k = 0; k < means.Length; k++)
            {
                means[k][j] /= counts[k];
                between += counts[k] * means[k][j] * means[k][j];
            }

            variances[j] = Math.Max(0, variances[j] - between) / counts.Sum();
        }

        double floor = LeastVariance * variances.Average();
        for (int j = 0; j < variances.Length; j++)
        {
            variances[j] = floor > 0 ? Math.Max(floor, variances[j]) : 1;
        }
    }

    private static double Temperature(Network network, RowSource rows, double[][] means, double[] variances, CancellationToken cancel)
    {
        double[] losses = new double[Steps + 1];
        Walk(network, rows, MostJudged, cancel, (values, label) =>
        {
            double[] distances = [.. means.Select(mean => mean.Select((m, j) => (values[j] - m) * (values[j] - m) / variances[j]).Sum())];
            double least = distances.Min();
            for (int step = 0; step <= Steps; step++)
            {
                double factor = -0.5 / Math.Pow(2, step / 3.0);
                losses[step] += Math.Log(distances.Sum(distance => Math.Exp(factor * (distance - least))))
                    - factor * (distances[label] - least);
            }
        });
        return Math.Pow(2, Array.IndexOf(losses, losses.Min()) / 3.0);
    }

    /// <summary>Shows the features and the class of rows, at most so many, evenly spaced.</summary>
    private static void Walk(Network network, RowSource rows, long most, CancellationToken cancel, Action<float[], int> show)
    {
        Layer last = network.GetLayer(network.LayerCount - 1);
        float[] inputs = new float[network.Inputs];
        long row = 0;
        long shown = 0;
        long wanted = Math.Min(most, rows.Rows);
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            foreach (int at in chunk.Order.AsSpan(0, chunk.Count))
            {
                if (row++ * wanted / rows.Rows == shown)
                {
                    cancel.ThrowIfCancellationRequested();
                    Array.Copy(chunk.Inputs, at * inputs.Length, inputs, 0, inputs.Length);
                    network.Run(inputs, network.LayerCount);
                    show(last.Input, (int)chunk.Answers[at]);
                    shown++;
                }
            }
        }
    }

    private static byte[] ToBytes(double[][] means, double[] variances, double temperature)
    {
        int features = variances.Length;
        byte[] bytes = new byte[PrototypeSection.HeadBytes + 4 * features * (1 + means.Length)];
        FloatBits.WriteInt32(bytes, 0, (means.Length << 16) | features);
        FloatBits.Write(bytes, 4, (float)temperature);
        int at = PrototypeSection.HeadBytes;
        foreach (double value in variances.Select(variance => 1 / variance).Concat(means.SelectMany(mean => mean)))
        {
            FloatBits.Write(bytes, at, (float)value);
            at += 4;
        }

        return bytes;
    }
}
