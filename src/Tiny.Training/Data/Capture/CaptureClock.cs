namespace Tiny.Training.Data.Capture;

/// <summary>What the numbers and times of a device's samples tell: its rate, how even it is, what was lost on the way.</summary>
public sealed class CaptureClock
{
    private CaptureSample? last;
    private long intervals;
    private double sum;
    private double squares;

    /// <summary>Samples that were sent, by their numbers, but did not arrive whole.</summary>
    public long Lost { get; private set; }

    /// <summary>How often the numbers began anew: the device was reset.</summary>
    public int Restarts { get; private set; }

    /// <summary>The longest time between neighbours, in milliseconds.</summary>
    public double LongestInterval { get; private set; }

    /// <summary>Samples a second; 0 until there are two neighbours.</summary>
    public double Rate => sum > 0 ? 1000 * intervals / sum : 0;

    /// <summary>The standard deviation of the time between neighbours, in milliseconds.</summary>
    public double Jitter => intervals < 2 ? 0 : Math.Sqrt(Math.Max(0, squares / intervals - sum / intervals * (sum / intervals)));

    /// <summary>Takes note of a sample.</summary>
    public void Add(CaptureSample sample)
    {
        if (last is not null)
        {
            long step = (long)sample.Number - last.Number;
            if (step < 1)
            {
                Restarts++;
            }
            else if (step > 1)
            {
                Lost += step - 1;
            }
            else
            {
                double interval = sample.Milliseconds - last.Milliseconds;
                intervals++;
                sum += interval;
                squares += interval * interval;
                LongestInterval = Math.Max(LongestInterval, interval);
            }
        }

        last = sample;
    }
}
