using System.Globalization;

namespace Tiny.Training.Data.Columns;

/// <summary>
/// Tells the column that says when a row was taken: a clock is no measurement, and a network that reads it learns the order of the file.
/// </summary>
/// <example>
/// <code>
/// bool isClock = ClockColumn.IsNamed("time_ms");
/// double? seconds = ClockColumn.UnitOf("time_ms");           // 0.001
/// </code>
/// </example>
public static class ClockColumn
{
    private const double RisingShare = 0.9;   // of the steps from row to row, where a clock may start again
    private const int FewestLikely = 4;       // values of a column whose name may mean something else
    private const double FirstEpoch = 9e8;    // seconds: 1998
    private const double LastEpoch = 2.2e9;   // seconds: 2039

    // Names that mean a clock whatever the values are.
    private static readonly HashSet<string> Sure =
    [
        "millis", "micros", "timestamp", "datetime", "date", "epoch", "uptime", "clock", "unixtime", "posixtime", "datum", "uhrzeit",
        "zeitstempel",
    ];

    // Names that mean a clock if the values rise: a t may be a temperature, seconds a duration.
    private static readonly HashSet<string> Likely = ["time", "t", "zeit", "elapsed"];

    // Seconds of the units that a name may carry; on their own they are likely names.
    private static readonly Dictionary<string, double> Units = new()
    {
        ["ns"] = 1e-9,
        ["nanos"] = 1e-9,
        ["nanoseconds"] = 1e-9,
        ["us"] = 1e-6,
        ["µs"] = 1e-6,
        ["usec"] = 1e-6,
        ["micros"] = 1e-6,
        ["microseconds"] = 1e-6,
        ["ms"] = 1e-3,
        ["msec"] = 1e-3,
        ["msecs"] = 1e-3,
        ["millis"] = 1e-3,
        ["milliseconds"] = 1e-3,
        ["s"] = 1,
        ["sec"] = 1,
        ["secs"] = 1,
        ["second"] = 1,
        ["seconds"] = 1,
        ["sekunden"] = 1,
        ["minutes"] = 60,
        ["mins"] = 60,
        ["hours"] = 3600,
        ["hrs"] = 3600,
    };

    // Words that may stand beside the others and change nothing.
    private static readonly HashSet<string> Beside =
    [
        "since", "start", "boot", "sample", "sampling", "system", "sys", "local", "utc", "gmt", "unix", "posix", "board", "device", "host",
        "of", "the", "in", "day", "cet", "cest", "stamp",
    ];

    private static readonly string[] DateForms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "d.M.yyyy", "d.M.yy", "M/d/yyyy", "M/d/yy", "d/M/yyyy", "d/M/yy", "d-M-yyyy",
        "d-MMM-yyyy", "d MMM yyyy", "MMM d yyyy",
    ];

    private static readonly string[] TimeForms =
    [
        "H:m", "H:m:s", "H:m:s.FFFFFFF", "H:m:s,FFFFFFF", "H:m:s:fff", "h:m tt", "h:m:s tt", "h:m:s.FFFFFFF tt",
    ];

    /// <summary>Whether a column is a clock, by its name and its values.</summary>
    /// <param name="name">The column's name; "" for none.</param>
    /// <param name="values">Some of its values, in the order of the rows.</param>
    public static bool Is(string name, IReadOnlyList<string> values)
    {
        string[] present = [.. values.Where(value => value.Length > 0)];
        if (present.Length > 0 && present.All(value => IsDateOrTime(value)))
        {
            return true;
        }

        if (present.Length == 0 || (!IsNamed(name) && !IsEpoch(Number(present[0]))))
        {
            return false;
        }

        if (!IsSurelyNamed(name) && !IsEpoch(Number(present[0])) && (present.Length < FewestLikely || name is "T" or "S"))
        {
            return false; // so few rise by chance; a T is a temperature
        }

        double[] numbers = [.. present.Select(Number).TakeWhile(number => !double.IsNaN(number))];
        return numbers.Length == present.Length
            && (IsSurelyNamed(name)
                || (Rises(numbers) && (numbers.All(IsEpoch) || (IsNamed(name) && (name.Length > 1 || IsEven(numbers))))));
    }

    /// <summary>
    /// Whether a name is that of a clock: millis, time_ms, "Time (s)", uptime, timestamp ..., but
    /// also t, s and ms, which may name something else.
    /// </summary>
    public static bool IsNamed(string name)
    {
        string[] words = Words(name);
        return words.Any(word => Sure.Contains(word) || Likely.Contains(word) || Units.ContainsKey(word)) && words.All(IsClockWord);
    }

    /// <summary>Whether a name is that of a clock and of nothing else: millis, timestamp, date, but not t, s or ms.</summary>
    public static bool IsSurelyNamed(string name) => IsNamed(name) && Words(name).Any(Sure.Contains);

    /// <summary>
    /// The seconds that a clock's unit has where its name tells: 0.001 for "millis" and "time_ms", 1 for "Time (s)"; else null.
    /// </summary>
    public static double? UnitOf(string name)
    {
        if (!IsNamed(name))
        {
            return null;
        }

        string? unit = Words(name).LastOrDefault(Units.ContainsKey);
        return unit is null ? null : Units[unit];
    }

    /// <summary>
    /// Whether a text is a date, a time of day or both, such as 2025-07-09 22:22:33, 12.05.2024 or 10:00:00.123; a plain number is neither.
    /// </summary>
    public static bool IsDateOrTime(string text) => TryReadDate(text, out _);

    /// <summary>Reads a date, a time of day or both.</summary>
    /// <param name="text">The text, such as 2025-07-09T22:22:33Z.</param>
    /// <param name="date">The point in time; of a time alone, on the first day of the year 1. Zones are passed over.</param>
    public static bool TryReadDate(string text, out DateTime date)
    {
        date = default;
        string trimmed = WithoutZone(text.Trim());
        if (trimmed.Length < 4 || !char.IsLetterOrDigit(trimmed[0]) || trimmed.AsSpan().IndexOfAny(":-/. ") < 0)
        {
            return false;
        }

        int split = trimmed.IndexOf('T') is > 7 and int at ? at : FirstTimeBlank(trimmed);
        if (split < 0)
        {
            return TryTime(trimmed, out date) || TryDay(trimmed, out date);
        }

        if (!TryDay(trimmed[..split].TrimEnd(','), out DateTime day) || !TryTime(trimmed[(split + 1)..].Trim(), out DateTime time))
        {
            return false;
        }

        date = day + time.TimeOfDay;
        return true;
    }

    /// <summary>Reads a clock's value in seconds: a number in its unit, a date or a time of day.</summary>
    /// <param name="text">The value.</param>
    /// <param name="unit">Seconds that 1 stands for: see <see cref="UnitOf"/>.</param>
    /// <param name="seconds">Seconds since some start, the same for all values of a column.</param>
    public static bool TryReadSeconds(string text, double unit, out double seconds)
    {
        if (TryReadDate(text, out DateTime date))
        {
            seconds = date.Ticks / (double)TimeSpan.TicksPerSecond;
            return true;
        }

        seconds = Number(text) * unit;
        return double.IsFinite(seconds);
    }

    private static bool IsClockWord(string word) =>
        Sure.Contains(word) || Likely.Contains(word) || Units.ContainsKey(word) || Beside.Contains(word) || word.All(char.IsAsciiDigit);

    private static bool IsEpoch(double number) =>
        number is >= FirstEpoch and <= LastEpoch or >= FirstEpoch * 1e3 and <= LastEpoch * 1e3 or >= FirstEpoch * 1e6 and <= LastEpoch
        * 1e6;

    private static bool Rises(double[] numbers)
    {
        int steps = numbers.Length - 1;
        int up = Enumerable.Range(0, steps).Count(i => numbers[i + 1] > numbers[i]);
        int down = Enumerable.Range(0, steps).Count(i => numbers[i + 1] < numbers[i]);
        return up > 0 && down <= (1 - RisingShare) * steps;
    }

    /// <summary>Whether the steps that go up are alike: those of a t that is a time, not a temperature.</summary>
    private static bool IsEven(double[] numbers)
    {
        double[] steps = [.. Enumerable.Range(0, numbers.Length - 1).Select(i => numbers[i + 1] - numbers[i]).Where(step => step > 0)
            .Order()];
        return steps[^(1 + steps.Length / 10)] < 1.5 * steps[steps.Length / 10];
    }

    private static double Number(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    /// <summary>The words of a name, small: those of "timeMs", "time_ms" and "Time [ms]" are time and ms.</summary>
    private static string[] Words(string name)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool ends = i == name.Length || !char.IsLetterOrDigit(name[i]);
            bool begins = !ends && i > start
                && ((char.IsUpper(name[i]) && char.IsLower(name[i - 1])) || (char.IsDigit(name[i]) != char.IsDigit(name[i - 1])));
            if (ends || begins)
            {
                if (i > start)
                {
                    words.Add(name[start..i].ToLowerInvariant());
                }

                start = begins ? i : i + 1;
            }
        }

        return [.. words];
    }

    private static int FirstTimeBlank(string text)
    {
        // The blank before the time: the last that a digit and, later, a colon follow.
        int colon = text.IndexOf(':');
        return colon < 0 ? -1 : text.LastIndexOf(' ', colon);
    }

    private static string WithoutZone(string text)
    {
        if (text.EndsWith('Z'))
        {
            return text[..^1];
        }

        int sign = text.AsSpan().LastIndexOfAny('+', '-');
        ReadOnlySpan<char> zone = text.AsSpan(sign + 1);
        bool isZone = sign > text.IndexOf(':') && text.IndexOf(':') > 0 && zone.Length is >= 2 and <= 5
            && !zone.ContainsAnyExcept("0123456789:");
        return isZone ? text[..sign].TrimEnd() : text;
    }

    private static bool TryDay(string text, out DateTime day) =>
        DateTime.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out day)
        && text.AsSpan().ContainsAny("-/. ");

    private static bool TryTime(string text, out DateTime time) =>
        DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture,
        DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault, out time);
}
