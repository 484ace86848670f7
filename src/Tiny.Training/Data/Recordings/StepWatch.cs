namespace Tiny.Training.Data.Recordings;

/// <summary>
/// Watches a number or a clock from sample to sample. What it usually goes up by is learned from its first
/// steps: those of a number are all the same, or multiples where samples are missing; those of a clock may
/// jitter. One whose steps are of all sizes, or go back often, tells nothing.
/// </summary>
/// <param name="counts">Whether it is a number or a clock.</param>
/// <param name="turns">After how much it may begin anew by itself, as a counter of 32 bits or the time of day does.</param>
internal sealed class StepWatch(bool counts, params double[] turns)
{
    private const int Enough = 25;           // steps to learn from
    private const int Few = 3;               // steps to learn from where there are no more; alike steps that show another pace
    private const double Jitter = 1.6;       // times the usual step; a lost sample makes it 2
    private const double MostUnusual = 0.45; // of the steps; more, and none is usual
    private const double MostBack = 0.25;    // of the steps; more, and it neither counts nor tells the time
    private const double Rare = 0.01;        // of the steps
    private const double ExactShare = 0.9;   // of a number's steps go up; of an exact clock's are the same
    private const double Rounding = 1e-6;    // of a step

    private readonly List<double> learning = [];
    private readonly double[] first = new double[Few]; // steps of the recording
    private double before = double.NaN;
    private double usual;   // 0 until it is known, and where there is no usual step
    private double longest; // step that is no gap
    private long steps;     // of the recording
    private int back;       // of the steps learned from

    /// <summary>How many steps of the recording were even, and what they sum up to.</summary>
    internal (long Steps, double Sum) Even { get; private set; }

    /// <summary>The same of the steps learned from.</summary>
    internal (long Steps, double Sum) Learned { get; private set; }

    /// <summary>Whether there were steps to learn from, and they are none of a number or a clock.</summary>
    internal bool IsNone => GoesBack || (counts && usual == 0 && learning.Count >= Few);

    private bool GoesBack => back > 1 && back > MostBack * (learning.Count + back);

    /// <summary>
    /// Learns from the beginning of a file, in which recordings may follow each other, with NaN between them where they are known.
    /// </summary>
    internal void Learn(IEnumerable<double> values)
    {
        double last = double.NaN;
        foreach (double value in values)
        {
            Note(value - last);
            last = value;
        }

        Conclude();

        // Where steps of 0 are usual, the clock shows less than a step, and its steps have a meaning only together.
        double shortest = learning.Count(step => step == 0) > Rare * learning.Count ? 0 : usual / Jitter;
        double[] even = [.. learning.Where(step => usual == 0 || (step >= shortest && step <= longest))];
        Learned = (even.Length, even.Sum());
    }

    /// <summary>A new recording begins.</summary>
    internal void Begin()
    {
        before = double.NaN;
        (steps, Even) = (0, (0, 0));
    }

    /// <summary>Takes the next value, NaN for none.</summary>
    /// <returns>How it follows the one before.</returns>
    internal StepKind Take(double value)
    {
        double step = Unturned(value - before);
        before = value;
        if (double.IsNaN(step))
        {
            return StepKind.Even;
        }

        FindPace(step);
        StepKind kind = step < 0 ? StepKind.Back : usual > 0 && step > longest ? StepKind.Gap : StepKind.Even;
        if (learning.Count < Enough)
        {
            Note(step);
            Conclude();
        }

        if (kind == StepKind.Even)
        {
            Even = (Even.Steps + 1, Even.Sum + step);
        }

        return kind == StepKind.Back && GoesBack ? StepKind.Even : kind;
    }

    private void Note(double step)
    {
        if (step >= 0)
        {
            learning.Add(step);
        }
        else if (step < 0)
        {
            back++;
        }
    }

    /// <summary>Finds the usual step among those noted.</summary>
    private void Conclude()
    {
        usual = 0;
        double[] rising = [.. learning.Where(step => step > 0).Order()];
        if (rising.Length < Few || GoesBack)
        {
            return;
        }

        double middle = rising[rising.Length / 2];
        if (counts)
        {
            bool isCounter = rising.Length >= ExactShare * learning.Count
                && rising.All(step => IsSame(step, Math.Round(step / rising[0]) * rising[0]))
                && rising.Count(step => !IsSame(step, middle)) <= MostUnusual * rising.Length;
            Set(isCounter ? middle : 0, 0);
            return;
        }

        // A clock may be late by less than two of its smallest units.
        double[] kinds = [.. rising.Where((step, i) => i == 0 || !IsSame(step, rising[i - 1]))];
        bool isExact = rising.Count(step => IsSame(step, middle)) >= ExactShare * learning.Count;
        Set(middle, isExact ? 0 : kinds.Zip(kinds.Skip(1), (a, b) => b - a).DefaultIfEmpty(0).Min());
        usual = rising.Count(step => step > longest || step < middle / Jitter) > MostUnusual * rising.Length ? 0 : usual;
    }

    /// <summary>Where the first steps of a recording are alike but not the usual ones, they are those of this recording.</summary>
    private void FindPace(double step)
    {
        if (steps < Few)
        {
            first[steps] = step;
        }

        steps++;
        if (usual > 0 && steps == Few && step > 0 && first.All(other => IsSame(other, step)) && (step > longest || step < usual / Jitter))
        {
            Set(step, 0);
        }
    }

    private void Set(double step, double resolution)
    {
        usual = step;
        longest = counts ? step * (1 + Rounding) : Math.Max(Jitter * step, step + 1.99 * resolution);
    }

    private static bool IsSame(double step, double other) => Math.Abs(step - other) <= Rounding * other;

    private double Unturned(double step)
    {
        foreach (double turn in usual > 0 && step < 0 ? turns : [])
        {
            if (step + turn >= 0 && step + turn <= longest)
            {
                return step + turn;
            }
        }

        return step;
    }
}
