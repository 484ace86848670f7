namespace Tiny.Training.Data.Capture;

/// <summary>What the numbers and times of a device's samples tell: its rate, how even it is, what was lost on the way.</summary>
/// <remarks>
/// A device counts in an int, which goes on below zero after 2^31, or in 31 bits, or in fewer. Differences are therefore taken in 31 bits,
/// which is right for all of the larger counters; a smaller one that begins anew is known by the other counter, which goes on evenly.
/// </remarks>
/// <seealso cref="CaptureRecorder"/>
public sealed class CaptureClock
{
    private const double Uneven = 2; // times the usual interval

    private CaptureSample? last;
    private long intervals;
    private double sum;
    private double squares;

    /// <summary>The last sample's number, counted on where the device's counter began anew.</summary>
    public long Number { get; private set; }

    /// <summary>The last sample's time, counted on likewise.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>Samples that were sent, by their numbers, but did not arrive whole.</summary>
    public long Lost { get; private set; }

    /// <summary>Samples that came a second time.</summary>
    public long Repeated { get; private set; }

    /// <summary>How often the device was reset.</summary>
    public int Restarts { get; private set; }

    /// <summary>The longest time between neighbors, in milliseconds.</summary>
    public double LongestInterval { get; private set; }

    /// <summary>Samples a second; 0 until there are two neighbors with a time between them.</summary>
    public double Rate => sum > 0 ? 1000 * intervals / sum : 0;

    /// <summary>The standard deviation of the time between neighbors, in milliseconds.</summary>
    public double Jitter => intervals < 2 ? 0 : Math.Sqrt(Math.Max(0, squares / intervals - sum / intervals * (sum / intervals)));

    /// <summary>Takes note of a sample.</summary>
    public CaptureStep Add(CaptureSample sample)
    {
        if (last is null)
        {
            Begin(sample);
            return CaptureStep.Next;
        }

        int step = Difference(last.Number, sample.Number);
        int elapsed = Difference(last.Milliseconds, sample.Milliseconds);
        if (step == 0 && elapsed == 0 && sample.Values.SequenceEqual(last.Values))
        {
            Repeated++;
            return CaptureStep.Repeated;
        }

        bool clockIsEven = elapsed > 0 && elapsed <= Uneven * sum / intervals;
        if (step == 1 && elapsed < 0)
        {
            elapsed = intervals > 0 ? (int)Math.Round(sum / intervals) : 0;
        }
        else if (step == 0 ? elapsed >= 0 : step < 0 && clockIsEven)
        {
            step = 1;
        }

        if (step < 1 || elapsed < 0)
        {
            Restarts++;
            Begin(sample);
            return CaptureStep.Restarted;
        }

        GoOn(sample, step, elapsed);
        return CaptureStep.Next;
    }

    /// <summary>How far a counter went, from -2^30 to 2^30 - 1.</summary>
    private static int Difference(long from, long to) => unchecked((int)(to - from) << 1) >> 1;

    private void Begin(CaptureSample sample)
    {
        (Number, Milliseconds, last) = (sample.Number, sample.Milliseconds, sample);
    }

    private void GoOn(CaptureSample sample, int step, int elapsed)
    {
        Lost += step - 1;
        Number += step;
        Milliseconds += elapsed;
        last = sample;
        if (step == 1)
        {
            intervals++;
            sum += elapsed;
            squares += (double)elapsed * elapsed;
            LongestInterval = Math.Max(LongestInterval, elapsed);
        }
    }
}
