using System.Runtime.InteropServices;

namespace Tiny.Training.Data.Recordings;

/// <summary>What would spoil training or testing on windows of recordings, in words.</summary>
/// <example>
/// <code>
/// foreach (string remark in RecordingChecks.Of(file.Recordings, window: 100))
/// {
///     Console.WriteLine(remark);
/// }
/// </code>
/// </example>
public static class RecordingChecks
{
    private const double Imbalanced = 10; // times as many windows in the largest class as in the smallest
    private const int MostNamed = 3;

    /// <summary>Recordings that gave no window, or fewer than they might have.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="window">Samples of a window.</param>
    public static IEnumerable<string> Of(IReadOnlyList<RecordingSummary> recordings, int window)
    {
        RecordingSummary[] unused = [.. recordings.Where(recording => recording.Windows == 0)];
        if (unused.Length > 0)
        {
            yield return $"{unused.Length} of {recordings.Count} recordings gave no window of {window} samples: {Some(unused)}.";
        }

        foreach (string warning in Breaks(recordings))
        {
            yield return warning;
        }
    }

    /// <summary>Recordings that are broken into pieces.</summary>
    public static IEnumerable<string> Breaks(IReadOnlyList<RecordingSummary> recordings)
    {
        RecordingSummary[] broken = [.. recordings.Where(recording => recording.Breaks > 0)];
        if (broken.Length > 0)
        {
            yield return $"{broken.Length} "
                + $"of {recordings.Count} recordings have missing samples or change their label, and no window spans that: {Some(broken)}.";
        }

        RecordingSummary[] restarted = [.. recordings.Where(recording => recording.Restarts > 0)];
        if (restarted.Length > 0)
        {
            yield return $"in {restarted.Length} of {recordings.Count} recordings a number or clock goes back: {Some(restarted)}. Are "
                + "those several recordings under one name, or rows out of order?";
        }
    }

    /// <summary>Windows on both sides of the split, classes on one side only, classes far from even.</summary>
    public static IEnumerable<string> Of(Dataset data, IReadOnlyList<int> train, IReadOnlyList<int> test)
    {
        RowGroups groups = data.Groups!;
        HashSet<string> learned = [.. train.Select(row => Key(data, row))];
        string[] leaking = [.. test.Where(row => learned.Contains(Key(data, row))).Select(row => groups.Names[groups.Of[row]]).Distinct()];
        if (leaking.Length > 0)
        {
            string names = string.Join(", ", leaking.Take(MostNamed));
            yield return $"leakage: {leaking.Length} of the recordings to test on have windows that are trained on too, such "
                + $"as {names}. Was a recording saved twice?";
        }

        if (data.Classes.Length == 0)
        {
            yield break;
        }

        int[] trained = Counts(data, train);
        int[] tested = Counts(data, test);
        for (int i = 0; i < trained.Length; i++)
        {
            if (trained[i] == 0 || (test.Count > 0 && tested[i] == 0))
            {
                yield return $"class {data.OutputNames[i]} has no recording "
                    + $"to {(trained[i] == 0 ? "train" : "test")} on. Record more of it, or split otherwise.";
            }
        }

        int least = Array.IndexOf(trained, trained.Min());
        if (trained.Max() > Imbalanced * trained[least])
        {
            yield return $"classes are far from even: {data.OutputNames[least]} has {trained[least]} windows, another {trained.Max()}. "
                + "Accuracy alone will not tell how well it is learned.";
        }
    }

    private static string Some(RecordingSummary[] recordings) =>
        string.Join(", ", recordings.Take(MostNamed).Select(recording => recording.Name)) + (recordings.Length > MostNamed ? ", ..." : "");

    private static int[] Counts(Dataset data, IReadOnlyList<int> rows)
    {
        int[] counts = new int[data.OutputNames.Count];
        foreach (int row in rows)
        {
            counts[data.Classes[row]]++;
        }

        return counts;
    }

    private static string Key(Dataset data, int row) => Convert.ToBase64String(MemoryMarshal.AsBytes(data.Row(row)));
}
