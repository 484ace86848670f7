using System.CommandLine;
using System.Globalization;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The options that keep a part of the rows for testing.</summary>
internal sealed class SplitOptions
{
    private readonly Option<int?> every = new Option<int?>("--test-every")
    {
        Description = "Test on every Nth row: row r where r % N == N - 1. Of recordings: on every Nth of each class, sorted by name",
        HelpName = "N",
    }.Within(n => n >= 2, "2 or more");

    private readonly Option<string?> last = new("--test-last")
    {
        Description = "Test on the last N rows or recordings, or the last N%",
        HelpName = "N",
    };

    private readonly Option<double?> share = new Option<double?>("--split")
    {
        Description = "Test on this share of the rows or recordings, drawn at random with --seed, the same share of every class; 0.2 is "
            + "20%",
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

    /// <summary>What was asked for; none where no option was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Draws --split.</param>
    /// <exception cref="UsageException">Two options were given, or a value is none.</exception>
    internal SplitPlan Read(ParseResult parsed, int seed)
    {
        if (Count(parsed) > 1)
        {
            throw new UsageException("--test-every, --test-last and --split exclude each other: give one of them.");
        }

        return parsed.GetValue(every) is int n ? new SplitPlan(SplitKind.Every, n, 0)
            : parsed.GetValue(last) is string text ? ReadLast(text)
            : parsed.GetValue(share) is double part ? new SplitPlan(SplitKind.Share, part, seed)
            : SplitPlan.None;
    }

    /// <summary>The rows to train on, and those to test on; null for none.</summary>
    /// <exception cref="UsageException">The plan leaves nothing of this file.</exception>
    internal static (RowSource Train, RowSource? Test) Apply(SplitPlan plan, RowTable table)
    {
        if (plan.Kind is SplitKind.Last or SplitKind.LastPercent && plan.LastOf(table.Units) is long count
            && (count < 1 || count >= table.Units))
        {
            throw new UsageException($"{plan.Options}: comes to {count} of {table.Units} rows; expected 1 to {table.Units - 1}.");
        }

        (RowSource train, RowSource? test) = plan.Apply(table);
        return test is null or { Rows: > 0 }
            ? (train, test)
            : throw new UsageException(
            $"The split leaves none of the {table.Units} "
                + $"{(table.Units == table.Rows ? "rows" : "recordings")} for testing. Test a larger share.");
    }

    private int Count(ParseResult parsed) =>
        (parsed.GetValue(every) is null ? 0 : 1) + (parsed.GetValue(last) is null ? 0 : 1) + (parsed.GetValue(share) is null ? 0 : 1);

    private static SplitPlan ReadLast(string text)
    {
        bool percent = text.EndsWith('%');
        bool isNumber = Numbers.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, out double value);
        SplitPlan plan = new(percent ? SplitKind.LastPercent : SplitKind.Last, value, 0);
        return isNumber && plan.IsPossible
            ? plan
            : throw new UsageException($"--test-last {text}: expected a number of rows such as 100, or a percentage such as 20%.");
    }
}
