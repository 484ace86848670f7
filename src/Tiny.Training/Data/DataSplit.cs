using Tiny.Core.Arithmetic;

namespace Tiny.Training.Data;

/// <summary>Row numbers to train on and to test on.</summary>
public sealed record DataSplit(int[] Train, int[] Test)
{
    /// <summary>All rows to train on, none to test.</summary>
    public static DataSplit None(int rows) => new([.. Enumerable.Range(0, rows)], []);

    /// <summary>Row r is for testing where r % n == n - 1.</summary>
    public static DataSplit Every(int rows, int n) =>
        new([.. Enumerable.Range(0, rows).Where(r => r % n != n - 1)], [.. Enumerable.Range(0, rows).Where(r => r % n == n - 1)]);

    /// <summary>The last rows are for testing: for data in the order of time.</summary>
    public static DataSplit Last(int rows, int count) =>
        new([.. Enumerable.Range(0, rows - count)], [.. Enumerable.Range(rows - count, count)]);

    /// <summary>
    /// A seeded share of the rows for testing, the same share of every class, each to the nearest row; at least one row of a class stays
    /// for training.
    /// </summary>
    public static DataSplit Stratified(Dataset data, IReadOnlyList<int> rows, double share, int seed)
    {
        SeededRandom random = new(seed);
        List<int> train = [];
        List<int> test = [];
        foreach (IGrouping<int, int> group in rows.GroupBy(row => data.Classes.Length == 0 ? 0 : data.Classes[row]).OrderBy(g => g.Key))
        {
            int[] members = [.. group];
            Shuffle(members, random);
            int count = Math.Min((int)Math.Round(members.Length * share), members.Length - 1);
            test.AddRange(members[..count]);
            train.AddRange(members[count..]);
        }

        train.Sort();
        test.Sort();
        return new DataSplit([.. train], [.. test]);
    }

    /// <summary>Fisher and Yates' shuffle.</summary>
    public static void Shuffle(Span<int> rows, SeededRandom random)
    {
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int j = random.NextInt(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }
}
