using System.Globalization;

namespace Tiny.Training.Optimization;

/// <summary>How the learning rate changes from epoch to epoch, as a factor on the rate given.</summary>
/// <example>
/// <code>
/// Schedule schedule = Schedule.Step(0.5, 10);                // half the rate every ten epochs
/// TrainingOptions options = new() { Schedule = schedule };
/// </code>
/// </example>
public sealed class Schedule
{
    private readonly Func<int, int, double> factor;

    private Schedule(string text, Func<int, int, double> factor)
    {
        Text = text;
        this.factor = factor;
    }

    /// <summary>The schedule as it is written on the command line.</summary>
    public string Text { get; }

    /// <summary>Always 1.</summary>
    public static Schedule Constant { get; } = new("constant", (_, _) => 1);

    /// <summary>From 1 to near 0 along half a cosine.</summary>
    public static Schedule Cosine { get; } = new("cosine", (epoch, epochs) => 0.5 * (1 + Math.Cos(Math.PI * epoch / epochs)));

    /// <summary>1 / (1 + rate * epoch).</summary>
    /// <param name="rate">A finite number from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is none.</exception>
    public static Schedule Decay(double rate) => IsDecay(rate)
        ? new(Write("decay", rate), (epoch, _) => 1 / (1 + rate * epoch))
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "Expected a finite number from 0.");

    /// <summary>rate^epoch.</summary>
    /// <param name="rate">Above 0, at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static Schedule Exponential(double rate) => IsFactor(rate)
        ? new(Write("exponential", rate), (epoch, _) => Math.Pow(rate, epoch))
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "Expected above 0, at most 1.");

    /// <summary>Times the factor at every so many epochs.</summary>
    /// <param name="factor">Above 0, at most 1.</param>
    /// <param name="every">Epochs, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public static Schedule Step(double factor, int every) => IsFactor(factor) && every > 0
        ? new(Write("step", factor) + ":" + every, (epoch, _) => Math.Pow(factor, epoch / every))
        : throw new ArgumentOutOfRangeException(
        nameof(factor), factor, $"Expected above 0, at most 1, at every epoch or more; every is {every}.");

    /// <summary>The factor for an epoch, counted from 0, of a run of so many: finite, from 0 to 1.</summary>
    /// <param name="epoch">From 0 to epochs - 1.</param>
    /// <param name="epochs">Epochs of the run, 1 or more.</param>
    public float Factor(int epoch, int epochs) => (float)factor(epoch, epochs);

    /// <summary>Reads constant, cosine, decay:RATE, exponential:RATE or step:FACTOR:EVERY.</summary>
    /// <returns>Null if the text is none of these, or a number is out of its range.</returns>
    public static Schedule? Parse(string text)
    {
        string[] parts = text.Split(':');
        double number = parts.Length > 1 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
            ? parsed : double.NaN;
        return (parts[0], parts.Length) switch
        {
            ("constant", 1) => Constant,
            ("cosine", 1) => Cosine,
            ("decay", 2) when IsDecay(number) => Decay(number),
            ("exponential", 2) when IsFactor(number) => Exponential(number),
            ("step", 3) when IsFactor(number)
                && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int every) && every > 0 =>
                Step(number, every),
            _ => null,
        };
    }

    private static bool IsDecay(double rate) => rate is >= 0 and <= double.MaxValue;

    private static bool IsFactor(double factor) => factor is > 0 and <= 1;

    private static string Write(string name, double value) => name + ":" + value.ToString(CultureInfo.InvariantCulture);
}
