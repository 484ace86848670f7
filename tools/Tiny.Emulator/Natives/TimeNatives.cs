using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>
/// DateTime, TimeSpan and the clock, which says the emulated board's time since its start, or since the date it was given.
/// </summary>
internal static class TimeNatives
{
    private const string Date = "System.DateTime.";
    private const string Span = "System.TimeSpan.";

    // A DateTime counts from 1601, with the highest bit set.
    private const long Origin = 504_911_232_000_000_000;
    private const long Mask = long.MaxValue;
    private const long Utc = long.MinValue;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Date + ".ctor(System.Int32,System.Int32,System.Int32,System.Int32,System.Int32,System.Int32,System.Int32)"] = (_, s, f, _) =>
            Pointer(s[f]).Store(new Slot
            {
                I8 = Ticks(
            s[f + 1].I4, s[f + 2].I4, s[f + 3].I4, s[f + 4].I4, s[f + 5].I4, s[f + 6].I4, s[f + 7].I4)
            });
        table[Date + "DaysInMonth(System.Int32,System.Int32)"] = (_, s, f, _) => Result(s, f, Days(s[f].I4, s[f + 1].I4));
        table[Date + "GetDateTimePart(System.DateTime/DateTimePart)"] =
            (_, s, f, _) => Result(s, f, Part(new DateTime((Value(s[f]).I8 & Mask) + Origin), s[f + 1].I4));
        table[Date + "GetUtcNowAsTicks()"] = (m, s, f, _) => Result(s, f, m.Peripherals.StartOfClock.Ticks + m.Ticks);
        table[Date + "GetTodayAsTicks()"] = (m, s, f, _) => Result(s, f, m.Peripherals.StartOfClock.AddTicks(m.Ticks).Date.Ticks);
        table["System.Environment.get_TickCount64()"] = (m, s, f, _) => Result(s, f, m.Ticks / Machine.TicksPerMillisecond);

        table[Span + ".ctor(System.Int32,System.Int32,System.Int32)"] =
            (_, s, f, _) => Make(s, f, 0, s[f + 1].I4, s[f + 2].I4, s[f + 3].I4, 0);
        table[Span + ".ctor(System.Int32,System.Int32,System.Int32,System.Int32)"] =
            (_, s, f, _) => Make(s, f, s[f + 1].I4, s[f + 2].I4, s[f + 3].I4, s[f + 4].I4, 0);
        table[Span + ".ctor(System.Int32,System.Int32,System.Int32,System.Int32,System.Int32)"] = (_, s, f, _) =>
            Make(s, f, s[f + 1].I4, s[f + 2].I4, s[f + 3].I4, s[f + 4].I4, s[f + 5].I4);
        table[Span + "Compare(System.TimeSpan,System.TimeSpan)"] = (_, s, f, _) => Result(s, f, s[f].I8.CompareTo(s[f + 1].I8));
        table[Span + "CompareTo(System.Object)"] =
            (_, s, f, _) => Result(s, f, s[f + 1].Ref is null ? 1 : Value(s[f]).I8.CompareTo(Value(s[f + 1]).I8));
        table[Span + "Equals(System.Object)"] =
            (_, s, f, _) => Result(s, f, s[f + 1].Ref is Box other && TypeFacts.IsTicks(other.Type) && Value(s[f]).I8 == other.Value.I8);
        table[Span + "Equals(System.TimeSpan,System.TimeSpan)"] = (_, s, f, _) => Result(s, f, s[f].I8 == s[f + 1].I8);
        table[Span + "ToString()"] = (m, s, f, _) =>
            Result(s, f, m.Heap.NewString(new TimeSpan(Value(s[f]).I8).ToString("c", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static Reference Pointer(in Slot slot) => slot.Ref as Reference ?? throw new NullReferenceException();

    private static long Ticks(int year, int month, int day, int hour, int minute, int second, int millisecond)
    {
        bool isDate = year is >= 1601 and <= 3000 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
        bool isTime = hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59 && millisecond is >= 0 and <= 1000;
        return isDate && isTime
            ? (new DateTime(year, month, 1).AddDays(day - 1).AddHours(hour).AddMinutes(minute).AddSeconds(second)
            .AddMilliseconds(millisecond).Ticks - Origin) | Utc
            : throw new ArgumentOutOfRangeException();
    }

    private static int Days(int year, int month) =>
        year is >= 1601 and <= 3000 && month is >= 1 and <= 12
        ? DateTime.DaysInMonth(year, month) : throw new ArgumentException("There is no such month.");

    private static int Part(DateTime time, int part) => part switch
    {
        0 => time.Year,
        1 => time.Month,
        2 => time.Day,
        3 => (int)time.DayOfWeek,
        4 => time.DayOfYear,
        5 => time.Hour,
        6 => time.Minute,
        7 => time.Second,
        8 => time.Millisecond,
        _ => throw new ArgumentException("There is no such part of a date."),
    };

    private static void Make(Slot[] stack, int frame, long days, long hours, long minutes, long seconds, long milliseconds) =>
        Pointer(stack[frame]).Store(
        new Slot { I8 = ((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds) * Machine.TicksPerMillisecond });
}
