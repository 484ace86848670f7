using Tiny.Training.Data.Recordings;

namespace Tiny.Training.Tests.Data.Recordings;

public class StepWatchTests
{
    private const StepKind E = StepKind.Even;

    /// <summary>How a column goes on whose first rows were looked at before, as those of a file are.</summary>
    private static StepKind[] Kinds(StepWatch watch, IReadOnlyList<double> values)
    {
        watch.Learn(values.Take(1000));
        return [.. values.Select(watch.Take)];
    }

    private static double[] Steps(params double[] steps)
    {
        double at = 0;
        return [0, .. steps.Select(step => at += step)];
    }

    private static void AreEvenBut(StepKind[] kinds, StepKind exception, params int[] places) =>
        Assert.Equal(places.Select(place => (place, exception)), kinds.Select((kind, i) => (i, kind)).Where(entry => entry.kind != E));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(0.5)]
    public void A_number_goes_up_by_a_constant_step_and_more_is_a_gap(double step)
    {
        double[] steps = [.. Enumerable.Repeat(step, 30)];
        AreEvenBut(Kinds(new StepWatch(counts: true), Steps(steps)), StepKind.Gap);
        steps[7] = 2 * step;
        steps[20] = 5 * step;
        AreEvenBut(Kinds(new StepWatch(counts: true), Steps(steps)), StepKind.Gap, 8, 21);
    }

    [Fact]
    public void A_number_of_which_a_third_is_lost_still_counts() =>
        AreEvenBut(Kinds(new StepWatch(counts: true), Steps(1, 1, 2, 1, 1, 3, 1, 1, 2)), StepKind.Gap, 3, 6, 9);

    [Fact]
    public void What_does_not_count_tells_nothing()
    {
        AreEvenBut(Kinds(new StepWatch(counts: true), [.. Enumerable.Range(0, 60).Select(i => (double)(i % 3))]), StepKind.Gap);
        AreEvenBut(Kinds(new StepWatch(counts: true), Steps(1, 2.5, 1.3, 7, 0.2, 3.3, 9)), StepKind.Gap);
        foreach (double[] values in new double[][] { [5, 5, 5, 5, 5], [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 5],
            [0, 3, 4, 9, 11, 12, 17, 30] })
        {
            StepWatch none = new(counts: true);
            AreEvenBut(Kinds(none, values), StepKind.Gap);
            Assert.True(none.IsNone);
        }

        StepWatch random = new(counts: false);
        Random numbers = new(3);
        AreEvenBut(Kinds(random, [.. Enumerable.Range(0, 200).Select(_ => numbers.NextDouble())]), StepKind.Gap);
        Assert.True(random.IsNone);
    }

    [Fact]
    public void A_clock_may_jitter_and_a_lost_sample_is_a_gap()
    {
        Random random = new(1);
        double[] steps = [.. Enumerable.Range(0, 400).Select(_ => 20.0 + random.Next(-5, 6))];
        AreEvenBut(Kinds(new StepWatch(counts: false), Steps(steps)), StepKind.Gap);
        steps[100] = 40;
        steps[399] = 2000;
        AreEvenBut(Kinds(new StepWatch(counts: false), Steps(steps)), StepKind.Gap, 101, 400);
    }

    [Fact]
    public void A_coarse_clock_is_late_by_its_unit_without_a_gap()
    {
        // 420 samples a second in whole milliseconds.
        double[] values = [.. Enumerable.Range(0, 300).Select(i => Math.Floor(i / 0.42))];
        AreEvenBut(Kinds(new StepWatch(counts: false), values), StepKind.Gap);
        AreEvenBut(Kinds(new StepWatch(counts: false), [.. values.Where((_, i) => i is not (100 or 101))]), StepKind.Gap, 100);

        // 50 samples a second in whole seconds.
        AreEvenBut(Kinds(new StepWatch(counts: false), [.. Enumerable.Range(0, 600).Select(i => Math.Floor(i / 50.0))]), StepKind.Gap);
    }

    [Fact]
    public void A_clock_without_a_usual_step_tells_of_no_gap()
    {
        Random random = new(2);
        AreEvenBut(Kinds(new StepWatch(counts: false),
            Steps([.. Enumerable.Range(0, 300).Select(_ => Math.Pow(10, 4 * random.NextDouble()))])), StepKind.Gap);
    }

    [Fact]
    public void A_clock_that_goes_back_is_told_and_one_that_turns_over_goes_on()
    {
        AreEvenBut(Kinds(new StepWatch(counts: false), [0, 10, 20, 30, 0, 10, 20, 30, 40, 50]), StepKind.Back, 4);
        double[] turned = [.. Enumerable.Range(0, 40).Select(i => (4294967196.0 + 10 * i) % 4294967296.0)];
        AreEvenBut(Kinds(new StepWatch(counts: false, 1L << 31, 1L << 32), turned), StepKind.Back);
        double[] signed = [.. Enumerable.Range(0, 40).Select(i => (double)unchecked(int.MaxValue - 100 + 10 * i))];
        AreEvenBut(Kinds(new StepWatch(counts: false, 1L << 31, 1L << 32), signed), StepKind.Back);
        AreEvenBut(Kinds(new StepWatch(counts: false), turned), StepKind.Back, 10);
    }

    [Fact]
    public void Without_a_beginning_to_look_at_it_learns_as_it_goes()
    {
        StepWatch watch = new(counts: false);
        double[] values = Steps([.. Enumerable.Range(0, 60).Select(i => i == 10 || i == 40 ? 60.0 : 20.0 + i % 3)]);
        AreEvenBut([.. values.Select(watch.Take)], StepKind.Gap, 11, 41);
        Assert.Equal(58, watch.Even.Steps);
    }

    [Fact]
    public void A_recording_may_have_a_pace_of_its_own()
    {
        StepWatch watch = new(counts: true);
        watch.Learn(Steps([.. Enumerable.Repeat(10.0, 30)]));
        watch.Begin();
        AreEvenBut([.. Steps(1, 1, 1, 1, 2, 1, 1).Select(watch.Take)], StepKind.Gap, 5);
    }
}
