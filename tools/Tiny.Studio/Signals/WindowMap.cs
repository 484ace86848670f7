using System.Text.Json.Nodes;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Studio.Signals;

/// <summary>
/// All labeled windows of the folder as points in two dimensions: the two principal components of their features, each in units of its
/// deviation.
/// </summary>
internal static class WindowMap
{
    private const int MostPoints = 3000;
    private const int Rounds = 100;            // of the power iteration
    private const double NearShare = 0.02;     // of the usual distance of two windows
    private const int MostPairs = 50;

    /// <summary>The map.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="window">Samples of a window.</param>
    /// <param name="hop">Samples from a window to the next.</param>
    /// <param name="testEvery">Of each class one recording in so many is tested on, as --test-every says; 0 for none.</param>
    /// <exception cref="DataException">The recordings cannot be read together.</exception>
    internal static JsonObject Of(string folder, int window, int hop, int testEvery)
    {
        HashSet<string> tested = testEvery > 1 ? TestedOn(folder, window, hop, testEvery) : [];
        CsvOptions options = new() { SkipBadRows = true, DropMissing = true };
        RecordingFiles files = RecordingFiles.Open(folder, options);
        using RecordingSource source = new(files, file => RecordingColumns.ForTraining(file, options, null, needsLabel: false));
        FeatureDescription features = new WindowOptions { Window = window, Hop = hop }.Describe(source.Layout.Channels, source.Layout.Rate);
        WindowReader windows = new(source, features);
        List<Point> points = [];
        float[] row = new float[features.Count];
        Random random = new(1);
        for (int seen = 0; windows.Next(row); seen++)
        {
            string name = source.Recordings[^1].Name;
            Point point = new(name, source.Label, source.Position + 1 - window, tested.Contains(name),
                Array.ConvertAll(row, value => (double)value));
            if (points.Count < MostPoints)
            {
                points.Add(point);
            }
            else if (random.Next(seen + 1) is int place && place < MostPoints)
            {
                points[place] = point;
            }
        }

        Standardize(points);
        double[] first = Component(points, null);
        double[] second = Component(points, first);
        return new JsonObject
        {
            ["window"] = window,
            ["points"] = new JsonArray([.. points.Select(point => new JsonObject
            {
                ["name"] = point.Recording,
                ["label"] = point.Label,
                ["from"] = point.From,
                ["tested"] = point.Tested,
                ["x"] = Math.Round(Dot(point.Values, first), 4),
                ["y"] = Math.Round(Dot(point.Values, second), 4),
            })]),
            ["tested"] = tested.Count,
            ["near"] = Near(points),
        };
    }

    /// <summary>
    /// The recordings that tiny train --test-every would test on, by the split of the trainer itself; none where it could not split.
    /// </summary>
    private static HashSet<string> TestedOn(string folder, int window, int hop, int every)
    {
        try
        {
            CsvOptions options = new() { SkipBadRows = true, DropMissing = true };
            using DatasetFile file = DatasetFile.ReadRecordings(
                RecordingFiles.Open(folder, options), options, new WindowOptions { Window = window, Hop = hop });
            RowGroups groups = file.Data.Groups!;
            return [.. DataSplit.EveryRecording(file.Data, every).Test.Select(row => groups.Names[groups.Of[row]])];
        }
        catch (DataException)
        {
            return []; // such as recordings without any label yet: there is nothing to split
        }
    }

    private static void Standardize(List<Point> points)
    {
        for (int i = 0; points.Count > 0 && i < points[0].Values.Length; i++)
        {
            double mean = points.Average(point => point.Values[i]);
            double deviation = Math.Sqrt(points.Average(point => (point.Values[i] - mean) * (point.Values[i] - mean)));
            foreach (Point point in points)
            {
                point.Values[i] = deviation > 0 ? (point.Values[i] - mean) / deviation : 0;
            }
        }
    }

    /// <summary>The direction in which the points differ most, at right angles to another, by power iteration.</summary>
    private static double[] Component(List<Point> points, double[]? other)
    {
        int count = points.Count == 0 ? 0 : points[0].Values.Length;
        double[] direction = [.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 1))];
        for (int round = 0; round < Rounds; round++)
        {
            double[] next = new double[count];
            foreach (Point point in points)
            {
                double share = Dot(point.Values, direction);
                for (int i = 0; i < count; i++)
                {
                    next[i] += share * point.Values[i];
                }
            }

            double along = other is null ? 0 : Dot(next, other);
            for (int i = 0; other is not null && i < count; i++)
            {
                next[i] -= along * other[i];
            }

            double length = Math.Sqrt(Dot(next, next));
            if (length == 0)
            {
                break;
            }

            direction = Array.ConvertAll(next, value => value / length);
        }

        return direction;
    }

    /// <summary>
    /// Windows of different recordings that are nearly the same. One of them on each side of the split tests nothing: such pairs come
    /// first.
    /// </summary>
    private static JsonArray Near(List<Point> points)
    {
        double usual = Math.Sqrt(2.0 * (points.Count == 0 ? 0 : points[0].Values.Length));
        List<(Point A, Point B)> across = [];
        List<(Point A, Point B)> others = [];
        for (int i = 0; i < points.Count && across.Count < MostPairs; i++)
        {
            for (int j = i + 1; j < points.Count && across.Count < MostPairs; j++)
            {
                List<(Point, Point)> kind = points[i].Tested != points[j].Tested ? across : others;
                if (kind.Count < MostPairs && points[i].Recording != points[j].Recording
                    && IsNear(points[i].Values, points[j].Values, NearShare * usual))
                {
                    kind.Add((points[i], points[j]));
                }
            }
        }

        return new JsonArray([.. across.Concat(others).Take(MostPairs).Select(pair => new JsonObject
        {
            ["name"] = pair.A.Recording,
            ["from"] = pair.A.From,
            ["other"] = pair.B.Recording,
            ["other_from"] = pair.B.From,
            ["across"] = pair.A.Tested != pair.B.Tested,
        })]);
    }

    private static bool IsNear(double[] a, double[] b, double distance)
    {
        double sum = 0;
        for (int i = 0; i < a.Length && sum <= distance * distance; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum <= distance * distance;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>A window.</summary>
    private sealed record Point(string Recording, string Label, long From, bool Tested, double[] Values);
}
