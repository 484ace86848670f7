using System.Globalization;
using System.IO.Compression;
using Tiny.Tests;

namespace Tiny.Adaptation.Tests.Experiments;

/// <summary>
/// har-exercise as windows of 2 s, one a second, with mean, deviation, least, greatest and mean absolute difference of each axis. A
/// mounting is a rotation and a scale applied to the raw samples, as if the sensor sat on the wrist another way and another one at that.
/// </summary>
internal sealed class Exercise
{
    private const int Window = 200;
    private const int Hop = 100;

    private readonly List<(string File, int Class, List<double[]> Samples)> recordings = [];

    internal Exercise()
    {
        using StreamReader reader =
            new(new GZipStream(File.OpenRead(SharedData.Path("har-exercise/har_exercise.csv.gz")), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is string line)
        {
            string[] fields = line.Split(',');
            if (recordings.Count == 0 || recordings[^1].File != fields[0])
            {
                recordings.Add((fields[0], Array.IndexOf(Classes, fields[1]), []));
            }

            recordings[^1].Samples.Add([.. fields[3..6].Select(field => double.Parse(field, CultureInfo.InvariantCulture) / 16384)]);
        }
    }

    internal static string[] Classes { get; } = ["jumpingjack", "lunge", "other", "squat"];

    /// <summary>
    /// Windows of the recordings to train or to test on: per class, in the order of file names, each fourth is for testing.
    /// </summary>
    internal List<(float[] Features, int Class)> Windows(bool test, double[][] mounting) =>
    [
        .. recordings.GroupBy(recording => recording.Class)
            .SelectMany(group => group.OrderBy(recording => recording.File, StringComparer.Ordinal).Where((_, i) => i % 4 == 3 == test))
            .SelectMany(recording => Cut(recording.Samples, mounting).Select(features => (features, recording.Class))),
    ];

    /// <summary>A rotation about x, then y, then z by these degrees, times a scale.</summary>
    internal static double[][] Mounting(double x, double y, double z, double scale)
    {
        (double sx, double cx) = Math.SinCos(x * Math.PI / 180);
        (double sy, double cy) = Math.SinCos(y * Math.PI / 180);
        (double sz, double cz) = Math.SinCos(z * Math.PI / 180);
        double[][] rotation =
        [
            [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
            [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
            [-sy, cy * sx, cy * cx],
        ];
        return [.. rotation.Select(row => row.Select(value => value * scale).ToArray())];
    }

    private static IEnumerable<float[]> Cut(List<double[]> samples, double[][] mounting)
    {
        double[][] turned = [.. samples.Select(
            sample => mounting.Select(row => row[0] * sample[0] + row[1] * sample[1] + row[2] * sample[2]).ToArray())];
        for (int at = 0; at + Window <= turned.Length; at += Hop)
        {
            List<float> features = [];
            for (int axis = 0; axis < 3; axis++)
            {
                double[] values = [.. turned.Skip(at).Take(Window).Select(sample => sample[axis])];
                double mean = values.Average();
                features.Add((float)mean);
                features.Add((float)Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
                features.Add((float)values.Min());
                features.Add((float)values.Max());
                features.Add((float)values.Zip(values.Skip(1), (a, b) => Math.Abs(b - a)).Average());
            }

            yield return [.. features];
        }
    }
}
