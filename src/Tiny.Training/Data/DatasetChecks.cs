using System.Runtime.InteropServices;
using Tiny.Core;
using Tiny.Training.Data.Rows;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>What would spoil training or testing on rows, in words. Looks at each row once and holds no list of them.</summary>
/// <example>
/// <code>
/// foreach (string remark in DatasetChecks.Of(data.Schema, rows, test: null))
/// {
///     Console.WriteLine(remark);
/// }
/// </code>
/// </example>
public static class DatasetChecks
{
    private const double Uneven = 10; // times as many rows in the largest class as in the smallest
    private const int MostNamed = 3;
    private const int MostCompared = 1 << 16; // rows to test on
    private const double WorthSaying = 0.01;  // share of them that were trained on
    private const double AlwaysSaid = 0.05;   // share that is said even of one row

    /// <summary>
    /// Rows on both sides of a split, classes on one side only or without rows, classes far from even, class names that look the same.
    /// </summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="train">Rows to train on.</param>
    /// <param name="test">Rows to test on; null without any.</param>
    /// <param name="noun">What a row is called.</param>
    public static IEnumerable<string> Of(DataSchema schema, RowSource train, RowSource? test, string noun = "row")
    {
        int classes = schema.Task == NetworkTask.Classification ? schema.OutputNames.Count : 0;
        long[] tested = new long[classes];
        Dictionary<ulong, int> hashes = test is null ? [] : HashesOf(test, schema.ColumnCount, tested);
        long[] trained = new long[classes];
        int leaking = Find(train, schema.ColumnCount, trained, hashes);
        int compared = hashes.Values.Sum();
        if (leaking >= AlwaysSaid * compared && leaking > 0 || leaking > 1 && leaking >= WorthSaying * compared)
        {
            yield return $"leakage: {leaking} of {compared} {noun}s to test on are equal to {noun}s that are trained on, so the test shows "
                + "in part what is known by heart. Was data saved twice?";
        }

        foreach (string warning in OfClasses(schema.OutputNames, trained, test is null ? null : tested, noun))
        {
            yield return warning;
        }
    }

    /// <summary>Classes on one side only or without rows, classes far from even, class names that look the same.</summary>
    /// <param name="names">The class names.</param>
    /// <param name="trained">(classes), rows of each to train on; empty of a regression.</param>
    /// <param name="tested">(classes), rows of each to test on; null without any.</param>
    /// <param name="noun">What a row is called.</param>
    public static IEnumerable<string> OfClasses(IReadOnlyList<string> names, long[] trained, long[]? tested, string noun = "row")
    {
        if (trained.Length == 0)
        {
            yield break;
        }

        int[] all = [.. Enumerable.Range(0, trained.Length)];
        int[] none = [.. all.Where(i => trained[i] == 0 && (tested is null || tested[i] == 0))];
        int[] untrained = [.. all.Where(i => trained[i] == 0).Except(none)];
        int[] untested = tested is null ? [] : [.. all.Where(i => tested[i] == 0).Except(none)];
        if (none.Length > 0)
        {
            yield return $"{Classes(names, none)} no {noun} at all, of {trained.Length} classes. Do labels begin at 1, or is one mistyped?";
        }

        if (untrained.Length > 0)
        {
            yield return $"{Classes(names, untrained)} no {noun} to train on. Get more of it, or split otherwise.";
        }

        if (untested.Length > 0)
        {
            yield return $"{Classes(names, untested)} no {noun} to test on. Get more of it, or split otherwise.";
        }

        int[] present = [.. all.Where(i => trained[i] > 0)];
        if (present.Length > 1)
        {
            int least = present.MinBy(i => trained[i]);
            long most = trained.Max();
            if (most > Uneven * trained[least])
            {
                yield return $"classes are far from even: {SafeText.Clean(names[least])} has {trained[least]} "
                    + $"{noun}{(trained[least] == 1 ? "" : "s")}, another {most}. Accuracy alone will not tell how well it is learned.";
            }
        }

        long[] rows = [.. all.Select(i => trained[i] + (tested?[i] ?? 0))];
        foreach (string warning in NearEqualNames.Warnings(names, rows))
        {
            yield return warning;
        }
    }

    private static string Classes(IReadOnlyList<string> names, int[] some)
    {
        string listed = string.Join(", ", some.Take(MostNamed).Select(i => SafeText.Clean(names[i])));
        return some.Length == 1
            ? $"class {listed} has" : $"{some.Length} classes ({listed}{(some.Length > MostNamed ? ", ..." : "")}) have";
    }

    /// <summary>Hashes of rows to test on, of evenly spaced ones where there are many, each with how many rows have it.</summary>
    private static Dictionary<ulong, int> HashesOf(RowSource test, int columns, long[] counts)
    {
        Dictionary<ulong, int> hashes = [];
        long stride = (test.Rows + MostCompared - 1) / MostCompared;
        long number = 0;
        foreach ((RowChunk chunk, int row) in RowsOf(test))
        {
            Count(counts, chunk.Answers[row]);
            if (number++ % Math.Max(1, stride) == 0)
            {
                ulong hash = Hash(chunk, row, columns);
                hashes[hash] = hashes.GetValueOrDefault(hash) + 1;
            }
        }

        return hashes;
    }

    /// <summary>How many of the rows with these hashes are among others; counts those by class.</summary>
    private static int Find(RowSource rows, int columns, long[] counts, Dictionary<ulong, int> hashes)
    {
        HashSet<ulong> found = [];
        foreach ((RowChunk chunk, int row) in RowsOf(rows))
        {
            Count(counts, chunk.Answers[row]);
            if (hashes.Count > 0 && Hash(chunk, row, columns) is ulong hash && hashes.ContainsKey(hash))
            {
                found.Add(hash);
            }
        }

        return found.Sum(hash => hashes[hash]);
    }

    private static IEnumerable<(RowChunk Chunk, int Row)> RowsOf(RowSource rows)
    {
        rows.Begin(null);
        while (rows.Next() is RowChunk chunk)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                yield return (chunk, chunk.Order[i]);
            }
        }
    }

    private static void Count(long[] counts, float answer)
    {
        if (counts.Length > 0)
        {
            counts[(int)answer]++;
        }
    }

    /// <summary>A hash of a row's inputs and answer; two rows that differ have the same once in 2^64.</summary>
    private static ulong Hash(RowChunk chunk, int row, int columns)
    {
        ulong hash = BitConverter.SingleToUInt32Bits(chunk.Answers[row]);
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(chunk.Inputs.AsSpan(row * columns, columns)))
        {
            hash = (hash ^ bits) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 32;
        }

        return hash;
    }
}
