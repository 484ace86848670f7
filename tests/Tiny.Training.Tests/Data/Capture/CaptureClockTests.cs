using Tiny.Training.Data.Capture;

namespace Tiny.Training.Tests.Data.Capture;

public class CaptureClockTests
{
    private static CaptureSample At(long number, long milliseconds, string value = "") =>
        new(number, milliseconds, [value.Length > 0 ? value : $"{number}"]);

    /// <summary>A clock that took samples every 20 ms, each counter cut to what the device holds.</summary>
    private static CaptureClock Counting(Func<long, long> numbers, Func<long, long> times, long startOfNumbers, long startOfTime)
    {
        CaptureClock clock = new();
        for (int i = 0; i < 100; i++)
        {
            CaptureSample sample = At(numbers(startOfNumbers + i), times(startOfTime + 20 * i));
            Assert.Equal(CaptureStep.Next, clock.Add(sample));
        }

        return clock;
    }

    [Theory]
    [InlineData("an int that goes on below zero", 1L << 31, 1L << 32, true)]
    [InlineData("31 bits", 1L << 31, 1L << 31, false)]
    [InlineData("an unsigned int", 1L << 32, 1L << 32, false)]
    [InlineData("16 bits", 1L << 16, 1L << 16, false)]
    public void A_counter_that_begins_anew_is_no_reset(string counter, long turn, long modulus, bool isSigned)
    {
        long Cut(long value) => isSigned ? (int)value : value % modulus;
        foreach ((Func<long, long> numbers, Func<long, long> times) in new (Func<long, long>,
            Func<long, long>)[] { (value => value, Cut), (Cut, value => value) })
        {
            bool timeWraps = times(turn) != turn;
            CaptureClock clock = Counting(numbers, times, timeWraps ? 5 : turn - 40, timeWraps ? turn - 400 : 7);
            Assert.True((clock.Lost, clock.Restarts, clock.Repeated) == (0, 0, 0), counter);
            Assert.Equal((50.0, 0.0, 20.0), (clock.Rate, clock.Jitter, clock.LongestInterval));
            Assert.Equal(timeWraps ? turn - 400 + 99 * 20 : 7 + 99 * 20, clock.Milliseconds);
            Assert.Equal(timeWraps ? 104 : turn - 40 + 99, clock.Number);
        }
    }

    [Fact]
    public void Both_counters_may_begin_anew_at_once_where_they_are_large()
    {
        CaptureClock clock = Counting(value => (int)value, value => (int)value, int.MaxValue - 10L, int.MaxValue - 200L);
        Assert.Equal((0, 0, 50.0), (clock.Lost, clock.Restarts, clock.Rate));
    }

    [Fact]
    public void A_sample_sent_twice_is_a_repetition()
    {
        CaptureClock clock = new();
        CaptureStep[] steps = [.. new[] { At(3, 60), At(3, 60), At(3, 60), At(4, 80) }.Select(clock.Add)];
        Assert.Equal([CaptureStep.Next, CaptureStep.Repeated, CaptureStep.Repeated, CaptureStep.Next], steps);
        Assert.Equal((2, 0, 0, 50.0), (clock.Repeated, clock.Lost, clock.Restarts, clock.Rate));
    }

    [Fact]
    public void Numbers_and_times_that_begin_anew_are_a_reset_and_a_jump_ahead_is_a_loss()
    {
        CaptureClock clock = new();
        CaptureStep[] steps = [.. new[] { At(100, 2000), At(101, 2020), At(105, 2100), At(0, 3), At(1, 23) }.Select(clock.Add)];
        Assert.Equal([CaptureStep.Next, CaptureStep.Next, CaptureStep.Next, CaptureStep.Restarted, CaptureStep.Next], steps);
        Assert.Equal((3, 1, 50.0, 1, 23), (clock.Lost, clock.Restarts, clock.Rate, clock.Number, clock.Milliseconds));
    }

    [Fact]
    public void A_program_that_does_not_count_is_timed_by_its_clock()
    {
        CaptureClock clock = new();
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(CaptureStep.Next, clock.Add(At(0, 10 * i, $"v{i}"))));
        Assert.Equal((100.0, 9, 0), (clock.Rate, clock.Number, clock.Restarts));
    }
}
