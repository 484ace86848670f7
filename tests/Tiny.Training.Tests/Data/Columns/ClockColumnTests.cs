using Tiny.Training.Data.Columns;

namespace Tiny.Training.Tests.Data.Columns;

public class ClockColumnTests
{
    [Theory]
    [InlineData("millis", 0.001)]
    [InlineData("time_ms", 0.001)]
    [InlineData("timeMs", 0.001)]
    [InlineData("Time (s)", 1.0)]
    [InlineData("elapsed time [us]", 1e-6)]
    [InlineData("seconds", 1.0)]
    [InlineData("uptime", null)]
    [InlineData("Date Time, GMT+01:00", null)]
    [InlineData("timestamp", null)]
    [InlineData("t", null)]
    public void Names_of_clocks_are_known_with_their_unit(string name, double? seconds)
    {
        Assert.True(ClockColumn.IsNamed(name));
        Assert.Equal(seconds, ClockColumn.UnitOf(name));
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("reaction time")]
    [InlineData("runtime")]
    [InlineData("hour")]
    [InlineData("x")]
    [InlineData("mins_late")]
    [InlineData("")]
    public void Other_names_are_not(string name)
    {
        Assert.False(ClockColumn.IsNamed(name));
        Assert.Null(ClockColumn.UnitOf(name));
    }

    [Theory]
    [InlineData("2025-07-09 22:22:33")]
    [InlineData("2015-02-04T17:51:00Z")]
    [InlineData("2015-02-04T17:51:00.250+01:00")]
    [InlineData("12.05.2024 10:00:00")]
    [InlineData("05/12/24 10:00:00 AM")]
    [InlineData("12.05.2024")]
    [InlineData("10:00:00.123")]
    [InlineData("10:00")]
    public void Dates_and_times_are_known(string text) => Assert.True(ClockColumn.IsDateOrTime(text));

    [Theory]
    [InlineData("17.08")]
    [InlineData("-1.5e-3")]
    [InlineData("20240512")]
    [InlineData("1.2.3")]
    [InlineData("kitchen")]
    [InlineData("192.168.1.20")]
    [InlineData("")]
    public void Numbers_and_words_are_neither(string text) => Assert.False(ClockColumn.IsDateOrTime(text));

    [Theory]
    [InlineData("ms", "1715500000123 1715500060123 1715500120123", true)]
    [InlineData("", "1715500000 1715500060 1715500120", true)]
    [InlineData("millis", "400 20 900 30", true)] // shuffled rows
    [InlineData("t", "0 0.5 1.0 1.5", true)]
    [InlineData("t", "0 0.5 1.0 0 0.5 1.0 1.5 2.0 2.5 3.0 3.5 4.0", true)] // starts again once
    [InlineData("t", "20.5 20.6 21.5 24.0 24.1", false)]                    // a temperature that rises
    [InlineData("T", "20.5 21.5 22.5 23.5", false)]
    [InlineData("time", "1 2", false)]                                      // by chance
    [InlineData("t", "21.5 20.9 23.4 19.0", false)] // a temperature
    [InlineData("seconds", "12 5 30 7", false)]     // a duration
    [InlineData("x", "1 2 3 4", false)]
    [InlineData("when", "10:00 10:01 10:02", true)]
    [InlineData("time", "noon night noon", false)]
    public void A_column_is_judged_by_its_name_and_its_values(string name, string values, bool expected) =>
        Assert.Equal(expected, ClockColumn.Is(name, values.Split(' ')));

    [Fact]
    public void Values_are_read_in_seconds()
    {
        Assert.True(ClockColumn.TryReadSeconds("1500", 0.001, out double seconds));
        Assert.Equal(1.5, seconds, 1e-12);
        Assert.True(ClockColumn.TryReadSeconds("2024-05-12 10:00:00.500", 1, out double first));
        Assert.True(ClockColumn.TryReadSeconds("2024-05-12 10:00:02", 1, out double second));
        Assert.Equal(1.5, second - first, 1e-4);
        Assert.False(ClockColumn.TryReadSeconds("soon", 1, out _));
    }
}
