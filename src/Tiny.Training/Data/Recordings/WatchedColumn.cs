using System.Globalization;
using Tiny.Training.Data.Columns;

namespace Tiny.Training.Data.Recordings;

/// <summary>A column that is no channel but tells how the samples follow each other: their number or a clock.</summary>
internal sealed class WatchedColumn
{
    private const int FewestSteps = 10;     // to tell a rate from
    private const double FewestUnits = 40;  // of the clock's smallest, so that a rate is told within a fortieth
    private const double FirstEpoch = 9e8;  // seconds: 1998
    private const double LastEpoch = 2.2e9; // seconds: 2039

    private static readonly HashSet<string> Numbers =
        ["i", "n", "no", "nr", "#", "id", "idx", "index", "num", "number", "sample", "sampleid", "samplenumber", "row", "rowid",
        "rownumber", "seq", "sequence", "count", "counter", "frame"];

    private readonly StepWatch watch;
    private readonly char mark;
    private readonly bool isDate;
    private readonly double unit;     // seconds that 1 stands for; 0 where it is not known
    private readonly double smallest; // step that it can show, in its own unit

    private WatchedColumn(int column, string name, bool isClock, string[] values, char mark)
    {
        Column = column;
        Name = name;
        IsClock = isClock;
        this.mark = mark;
        isDate = values.Length > 0 && values.All(ClockColumn.IsDateOrTime);
        smallest = Math.Pow(10, -values.Select(value => Decimals(value, mark)).DefaultIfEmpty(0).Max());
        unit = isDate ? 1 : isClock ? ClockColumn.UnitOf(name) ?? UnitOfEpoch(values.Length > 0 ? Read(values[0]) : 0) : 0;
        watch = new StepWatch(!isClock, isDate ? [86_400] : [1L << 31, 1L << 32, 1L << 16]);
    }

    /// <summary>Its position in the file.</summary>
    internal int Column { get; }

    /// <summary>Its name.</summary>
    internal string Name { get; }

    /// <summary>Whether it is a clock, or numbers the samples.</summary>
    internal bool IsClock { get; }

    /// <summary>The seconds of the smallest step that a clock can show.</summary>
    internal double Resolution => unit * smallest;

    /// <summary>Samples a second by the beginning of the file; 0 where the column does not tell.</summary>
    internal double FirstRate => RateOf(watch.Learned);

    /// <summary>Samples a second in the recording so far; 0 where the column does not tell, or not yet.</summary>
    internal double Rate => RateOf(watch.Even);

    /// <summary>The column as one to watch; null if it is none.</summary>
    /// <param name="columns">The file's columns.</param>
    /// <param name="column">Which.</param>
    /// <param name="group">The column that names the recording; -1 for none.</param>
    /// <param name="mark">The decimal mark.</param>
    internal static WatchedColumn? Find(TableColumns columns, int column, int group, char mark)
    {
        string name = columns.Header.IsUnnamed(column) ? "" : columns.Header.Names[column];
        string[] values = [.. columns.Rows.Select(row => row[column]).Where(value => value.Length > 0)];
        bool isNamedNumber = Numbers.Contains(name.Replace("_", "").Replace(" ", "").ToLowerInvariant());
        bool isClock = ClockColumn.Is(name, values) || (!isNamedNumber && ClockColumn.IsNamed(name));
        if (!isClock && !isNamedNumber)
        {
            return null;
        }

        WatchedColumn watched = new(column, name, isClock, values, mark);
        if (values.Any(value => double.IsNaN(watched.Read(value))))
        {
            return null;
        }

        watched.watch.Learn(watched.Beginning(columns.Rows, group));
        return watched.watch.IsNone && !ClockColumn.IsSurelyNamed(name) ? null : watched;
    }

    /// <summary>A new recording begins.</summary>
    internal void Begin() => watch.Begin();

    /// <summary>Takes the value of the next sample.</summary>
    /// <returns>How it follows the one before.</returns>
    internal StepKind Take(string text) => watch.Take(Read(text));

    private double RateOf((long Steps, double Sum) even) =>
        unit > 0 && even.Steps >= FewestSteps && even.Sum >= FewestUnits * smallest ? even.Steps / (even.Sum * unit) : 0;

    private static double UnitOfEpoch(double value) => value switch
    {
        >= FirstEpoch and <= LastEpoch => 1,
        >= FirstEpoch * 1e3 and <= LastEpoch * 1e3 => 1e-3,
        >= FirstEpoch * 1e6 and <= LastEpoch * 1e6 => 1e-6,
        _ => 0,
    };

    private static int Decimals(string text, char mark)
    {
        int at = text.LastIndexOfAny([mark, '.']);
        return at < 0 ? 0 : text.Skip(at + 1).TakeWhile(char.IsAsciiDigit).Count();
    }

    /// <summary>The values of the first rows, with NaN where a recording ends.</summary>
    private IEnumerable<double> Beginning(IReadOnlyList<string[]> rows, int group)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (i > 0 && group >= 0 && rows[i][group] != rows[i - 1][group])
            {
                yield return double.NaN;
            }

            yield return Read(rows[i][Column]);
        }
    }

    /// <summary>Its value in its own unit, of dates in seconds; NaN if it has none.</summary>
    private double Read(string text)
    {
        if (isDate)
        {
            return ClockColumn.TryReadSeconds(text, 1, out double seconds) ? seconds : double.NaN;
        }

        string number = mark == '.' ? text : text.Replace(mark, '.');
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value : double.NaN;
    }
}
