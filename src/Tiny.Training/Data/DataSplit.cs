using Tiny.Learning;

namespace Tiny.Training.Data;

/// <summary>Row numbers to train on and to test on.</summary>
/// <param name="Train">(rows to train on), from 0.</param>
/// <param name="Test">(rows to test on), from 0.</param>
/// <seealso cref="Tiny.Training.Trainer"/>
public sealed record DataSplit(int[] Train, int[] Test)
{
    /// <summary>All rows to train on, none to test.</summary>
    /// <param name="rows">Rows of the data set.</param>
    public static DataSplit None(int rows) => new([.. Enumerable.Range(0, rows)], []);

    /// <summary>Row r is for testing where r % n == n - 1.</summary>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="n">2 or more.</param>
    public static DataSplit Every(int rows, int n) =>
        new([.. Enumerable.Range(0, rows).Where(r => r % n != n - 1)], [.. Enumerable.Range(0, rows).Where(r => r % n == n - 1)]);

    /// <summary>The last rows are for testing: for data in the order of time.</summary>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="count">Rows to test on.</param>
    public static DataSplit Last(int rows, int count) =>
        new([.. Enumerable.Range(0, rows - count)], [.. Enumerable.Range(rows - count, count)]);

    /// <summary>
    /// A seeded share of the rows for testing, the same share of every class, each to the nearest row; at least one row of a class stays
    /// for training. Of recordings it is a share of them, and none is on both sides.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="rows">The rows to split.</param>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="seed">Draws the rows.</param>
    public static DataSplit Stratified(Dataset data, IReadOnlyList<int> rows, double share, int seed)
    {
        SeededRandom random = new(seed);
        List<int> train = [];
        List<int> test = [];
        foreach (IGrouping<int, int[]> group in Units(data, rows).GroupBy(unit => ClassOf(data, unit)).OrderBy(g => g.Key))
        {
            int[][] members = [.. group];
            Shuffle<int[]>(members, random);
            int count = Math.Min((int)Math.Round(members.Length * share), members.Length - 1);
            test.AddRange(members[..count].SelectMany(unit => unit));
            train.AddRange(members[count..].SelectMany(unit => unit));
        }

        train.Sort();
        test.Sort();
        return new DataSplit([.. train], [.. test]);
    }

    /// <summary>Of each class's recordings, in the order of their names, those with i % n == n - 1 are for testing.</summary>
    /// <param name="data">A data set of recordings.</param>
    /// <param name="n">2 or more.</param>
    public static DataSplit EveryRecording(Dataset data, int n)
    {
        RowGroups groups = data.Groups!;
        HashSet<int> test =
        [
            .. Units(data, [.. Enumerable.Range(0, data.Rows)]).GroupBy(unit => ClassOf(data, unit))
                .SelectMany(ofClass => ofClass.Select(unit => groups.Of[unit[0]])
                .OrderBy(group => groups.Names[group], StringComparer.Ordinal).Where((_, i) => i % n == n - 1)),
        ];
        return ByRecording(data, test.Contains);
    }

    /// <summary>The last recordings of the file are for testing.</summary>
    /// <param name="data">A data set of recordings.</param>
    /// <param name="count">Recordings to test on.</param>
    public static DataSplit LastRecordings(Dataset data, int count) =>
        ByRecording(data, group => group >= data.Groups!.Names.Count - count);

    /// <summary>Fisher and Yates' shuffle.</summary>
    /// <param name="rows">(rows), shuffled in place.</param>
    /// <param name="random">Draws.</param>
    public static void Shuffle<T>(Span<T> rows, SeededRandom random)
    {
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }

    private static DataSplit ByRecording(Dataset data, Func<int, bool> tested)
    {
        ILookup<bool, int> parts = Enumerable.Range(0, data.Rows).ToLookup(row => tested(data.Groups!.Of[row]));
        return new DataSplit([.. parts[false]], [.. parts[true]]);
    }

    /// <summary>What may not be torn apart: a recording's rows, or each row by itself.</summary>
    private static IEnumerable<int[]> Units(Dataset data, IReadOnlyList<int> rows) => data.Groups is RowGroups groups
        ? rows.GroupBy(row => groups.Of[row]).Select(unit => unit.ToArray())
        : rows.Select(row => new[] { row });

    private static int ClassOf(Dataset data, int[] unit) => data.Classes.Length == 0 ? 0 : data.Classes[unit[0]];
}
