using System.Globalization;
using System.Text;
using Tiny.Learning;

namespace Tiny.Gestures;

/// <summary>
/// The sample data set: wrist gestures from a simulated accelerometer. Six wearers make five gestures, 20 windows each of 1 s at 50 Hz;
/// a row holds mean, standard deviation, minimum, maximum and mean absolute difference of each axis, in g. Rows stand in the order of
/// the wearers, so that the last 100 are a wearer the training has not seen.
/// </summary>
public static class GestureData
{
    private const int Wearers = 6;
    private const int WindowsEach = 20;
    private const int SamplesPerWindow = 50;
    private const double SecondsPerSample = 0.02;

    private static readonly string[] Axes = ["x", "y", "z"];

    /// <summary>The whole file, fixed by its seed.</summary>
    public static string ToCsv(int seed)
    {
        SeededRandom random = new(seed);
        StringBuilder csv = new();
        csv.AppendJoin(',', Axes.SelectMany(axis => new[] { $"{axis}_mean", $"{axis}_std", $"{axis}_min", $"{axis}_max", $"{axis}_mad" }));
        csv.Append(",gesture\n");
        for (int wearer = 0; wearer < Wearers; wearer++)
        {
            Wearer person = Wearer.Draw(random);
            foreach (Gesture gesture in Enum.GetValues<Gesture>())
            {
                for (int window = 0; window < WindowsEach; window++)
                {
                    AppendRow(csv, Record(gesture, person, random, SamplesPerWindow), gesture);
                }
            }
        }

        return csv.ToString();
    }

    /// <summary>
    /// One recording, (axes)(samples) in g: the movement in the world, turned by how the sensor sits on the wrist, and noise.
    /// </summary>
    internal static double[][] Record(Gesture gesture, Wearer person, SeededRandom random, int samples)
    {
        double phase = random.NextFloat() * 2 * Math.PI;
        double strength = person.Strength * (0.5 + random.NextFloat());
        double rate = person.Tempo * (0.9 + 0.2 * random.NextFloat());
        double[][] window = [.. Axes.Select(_ => new double[samples])];
        for (int i = 0; i < samples; i++)
        {
            (double x, double y, double z) = Movement(gesture, rate * i * SecondsPerSample, phase);
            double[] turned = person.Turn(strength * x, strength * y, strength * z + 1); // 1 g of gravity
            for (int axis = 0; axis < 3; axis++)
            {
                window[axis][i] = turned[axis] + random.NextSymmetric(0.3f);
            }
        }

        return window;
    }

    /// <summary>Acceleration without gravity, in g, of a gesture at a time.</summary>
    private static (double X, double Y, double Z) Movement(Gesture gesture, double seconds, double phase)
    {
        double angle = 2 * Math.PI * seconds + phase;
        return gesture switch
        {
            Gesture.Circle => (0.6 * Math.Cos(1.5 * angle), 0.6 * Math.Sin(1.5 * angle), 0),
            Gesture.Knock => (0, 0, 1.6 * Math.Exp(-18 * Fraction(2 * angle / (2 * Math.PI)))),
            Gesture.Rest => (0.02 * Math.Sin(angle), 0.02 * Math.Cos(angle), 0),
            Gesture.Shake => (1.5 * Math.Sin(5 * angle), 0.2 * Math.Sin(5 * angle), 0),
            _ => (0.5 * Math.Sin(2 * angle), 0.1 * Math.Sin(angle), 0.5 * Math.Sin(2 * angle + 0.8)),
        };
    }

    private static double Fraction(double value) => value - Math.Floor(value);

    private static void AppendRow(StringBuilder csv, double[][] window, Gesture gesture)
    {
        foreach (double[] samples in window)
        {
            double mean = samples.Average();
            double[] features =
            [
                mean,
                Math.Sqrt(samples.Average(s => (s - mean) * (s - mean))),
                samples.Min(),
                samples.Max(),
                samples.Zip(samples.Skip(1), (a, b) => Math.Abs(b - a)).Average(),
            ];
            foreach (double feature in features)
            {
                csv.Append(feature.ToString("0.000", CultureInfo.InvariantCulture)).Append(',');
            }
        }

        csv.Append(gesture.ToString().ToLowerInvariant()).Append('\n');
    }
}
