using System.Globalization;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>Which rows of a file are kept for testing, said without knowing the file.</summary>
/// <param name="Kind">How they are chosen.</param>
/// <param name="Value">What the kind counts by: n, a percentage, or a share.</param>
/// <param name="Seed">Draws the share.</param>
/// <example>
/// <code>
/// SplitPlan plan = new(SplitKind.Every, 5, Seed: 1);         // every fifth row
/// string options = plan.Options;                             // as tiny train takes them
/// </code>
/// </example>
public sealed record SplitPlan(SplitKind Kind, double Value, int Seed)
{
    /// <summary>None are kept.</summary>
    public static SplitPlan None { get; } = new(SplitKind.None, 0, 0);

    /// <summary>Whether the value fits the kind, as far as that can be told without the file.</summary>
    public bool IsPossible => Kind switch
    {
        SplitKind.None => true,
        SplitKind.Every => Value is >= 2 and <= int.MaxValue && Value == Math.Floor(Value),
        SplitKind.Last => Value is >= 1 and <= long.MaxValue / 2 && Value == Math.Floor(Value),
        SplitKind.LastPercent => Value is > 0 and < 100,
        _ => Value is > 0 and < 1,
    };

    /// <summary>The options that say so, such as --split 0.2 --seed 1; "" for none.</summary>
    public string Options
    {
        get
        {
            string value = Value.ToString(CultureInfo.InvariantCulture);
            return Kind switch
            {
                SplitKind.None => "",
                SplitKind.Every => $"--test-every {value}",
                SplitKind.Last => $"--test-last {value}",
                SplitKind.LastPercent => $"--test-last {value}%",
                _ => $"--split {value} --seed {Seed.ToString(CultureInfo.InvariantCulture)}",
            };
        }
    }

    /// <summary>How many of so many rows or recordings the last ones come to.</summary>
    /// <param name="units">Rows, or recordings.</param>
    public long LastOf(long units) => Kind == SplitKind.LastPercent ? (long)Math.Round(units * Value / 100) : (long)Value;

    /// <summary>The rows to train on, and those to test on; null for none.</summary>
    public (RowSource Train, RowSource? Test) Apply(RowTable table) => Kind switch
    {
        SplitKind.None => (table.All(), null),
        SplitKind.Every => table.Every((int)Value),
        SplitKind.Share => table.Share(Value, Seed),
        _ => table.Last(LastOf(table.Units)),
    };
}
