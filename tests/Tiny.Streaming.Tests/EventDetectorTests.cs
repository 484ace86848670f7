namespace Tiny.Streaming.Tests;

/// <summary>An event is told once: smoothing, hysteresis, a class that is none.</summary>
public class EventDetectorTests
{
    [Fact]
    public void An_event_is_told_once_however_its_probability_flickers()
    {
        EventDetector events = new(2) { Smoothing = 1f, Begin = 0.7f, End = 0.4f, Hold = 1, Background = 0 };
        float[] seconds = [0.1f, 0.69f, 0.71f, 0.5f, 0.9f, 0.45f, 0.8f, 0.39f, 0.6f, 0.75f];
        Assert.Equal([-1, -1, 1, -1, -1, -1, -1, -1, -1, 1], seconds.Select(p => events.Observe([1f - p, p])));
        Assert.Equal(1, events.Current);
    }

    [Fact]
    public void It_waits_for_answers_in_a_row()
    {
        EventDetector events = new(3) { Smoothing = 1f, Hold = 3 };
        Assert.Equal([-1, -1, -1, -1, -1, 2], new[] { 2, 2, 1, 2, 2, 2 }.Select(best => events.Observe(Sure(best))));
    }

    [Fact]
    public void Smoothing_is_a_moving_mean_that_begins_at_the_first_answer()
    {
        EventDetector events = new(3) { Smoothing = 0.25f };
        events.Observe([0.2f, 0.3f, 0.5f]);
        Assert.Equal(0.3f, events.MeanOf(1));
        events.Observe([0f, 0.9f, 0.1f]);
        Assert.Equal(0.3f + 0.25f * (0.9f - 0.3f), events.MeanOf(1));
    }

    [Fact]
    public void One_event_may_follow_another_and_the_same_may_come_again_behind_rest()
    {
        EventDetector events = new(3) { Smoothing = 1f, Hold = 1, Background = 0 };
        Assert.Equal([-1, 1, 2, -1, -1, 2, 1], new[] { 0, 1, 2, 2, 0, 2, 1 }.Select(best => events.Observe(Sure(best))));
    }

    [Fact]
    public void A_single_output_is_the_probability_of_the_second_class()
    {
        EventDetector events = new(2) { Smoothing = 1f, Hold = 1 };
        Assert.Equal([0, 1], new[] { 0.1f, 0.9f }.Select(p => events.Observe([p])));
        Assert.Throws<ArgumentException>(() => new EventDetector(3).Observe([0.5f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventDetector(1));
    }

    [Fact]
    public void A_reset_forgets_all_but_the_settings()
    {
        EventDetector events = new(3) { Smoothing = 0.5f, Hold = 2 };
        events.Observe(Sure(1));
        events.Observe(Sure(1));
        Assert.Equal(1, events.Current);
        events.Reset();
        Assert.Equal((-1, 0f, 0.5f), (events.Current, events.MeanOf(1), events.Smoothing));
        Assert.Equal([-1, 1], new[] { 1, 1 }.Select(best => events.Observe(Sure(best))));
    }

    private static float[] Sure(int best) => [.. Enumerable.Range(0, 3).Select(i => i == best ? 0.9f : 0.05f)];
}
