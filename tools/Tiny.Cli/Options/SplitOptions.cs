using System.CommandLine;
using System.Globalization;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options that keep a part of the rows for testing.</summary>
internal sealed class SplitOptions
{
    private readonly Option<int?> every = new Option<int?>("--test-every")
    {
        Description = "Row r is for testing where r % N == N - 1; of recordings, those of each class in the order of their names",
        HelpName = "N",
    }.Within(n => n >= 2, "2 or more");

    private readonly Option<string?> last = new("--test-last")
    {
        Description = "The last N rows or recordings, or N% of them, are for testing",
        HelpName = "N",
    };

    private readonly Option<double?> share = new Option<double?>("--split")
    {
        Description = "This share of the rows or recordings, drawn with --seed and equal for every class, is for testing; 20% is 0.2",
        HelpName = "0.2",
    }.AsShare();

    internal void AddTo(Command command)
    {
        command.Options.Add(every);
        command.Options.Add(last);
        command.Options.Add(share);
    }

    /// <summary>Whether any of them was given.</summary>
    internal bool Given(ParseResult parsed) => Count(parsed) > 0;

    /// <summary>Refuses what makes no sense whatever the rows are; to be asked before they are read.</summary>
    /// <exception cref="UsageException">Two options were given, or a value is none.</exception>
    internal void Check(ParseResult parsed)
    {
        if (Count(parsed) > 1)
        {
            throw new UsageException("--test-every, --test-last and --split exclude each other: give one of them.");
        }

        if (parsed.GetValue(last) is string text)
        {
            ReadLast(text);
        }
    }

    /// <summary>The rows to train on and to test on; all to train on where no option was given.</summary>
    /// <exception cref="UsageException">What was given leaves nothing.</exception>
    internal (RowSource Train, RowSource? Test) Split(ParseResult parsed, RowTable table, int seed)
    {
        if (!Given(parsed))
        {
            return (table.All(), null);
        }

        (RowSource train, RowSource test) = parsed.GetValue(every) is int n ? table.Every(n)
            : parsed.GetValue(last) is string text ? table.Last(LastCount(text, table.Units))
            : table.Share(parsed.GetValue(share)!.Value, seed);
        return test.Rows > 0
            ? (train, test)
            : throw new UsageException($"The split leaves none of the {table.Units} {(table.Units == table.Rows ? "rows" : "recordings")} for testing. Test a larger share.");
    }

    private int Count(ParseResult parsed) =>
        (parsed.GetValue(every) is null ? 0 : 1) + (parsed.GetValue(last) is null ? 0 : 1) + (parsed.GetValue(share) is null ? 0 : 1);

    private static (double Value, bool IsPercentage) ReadLast(string text)
    {
        bool percent = text.EndsWith('%');
        return Numbers.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, out double value) && value > 0 && (percent ? value < 100 : value == Math.Floor(value))
            ? (value, percent)
            : throw new UsageException($"--test-last {text}: expected a number of rows such as 100, or a percentage such as 20%.");
    }

    private static long LastCount(string text, long rows)
    {
        (double value, bool percent) = ReadLast(text);
        long count = percent ? (long)Math.Round(rows * value / 100) : (long)Math.Min(value, long.MaxValue / 2);
        return count > 0 && count < rows
            ? count
            : throw new UsageException($"--test-last {text}: comes to {count} of {rows} rows; expected 1 to {rows - 1}.");
    }
}
