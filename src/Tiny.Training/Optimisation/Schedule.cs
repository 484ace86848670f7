using System.Globalization;

namespace Tiny.Training.Optimisation;

/// <summary>How the learning rate changes from epoch to epoch, as a factor on the rate given.</summary>
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
    public static Schedule Decay(double rate) => new(Write("decay", rate), (epoch, _) => 1 / (1 + rate * epoch));

    /// <summary>rate^epoch.</summary>
    public static Schedule Exponential(double rate) => new(Write("exponential", rate), (epoch, _) => Math.Pow(rate, epoch));

    /// <summary>Times the factor at every so many epochs.</summary>
    public static Schedule Step(double factor, int every) =>
        new(Write("step", factor) + ":" + every, (epoch, _) => Math.Pow(factor, epoch / every));

    /// <summary>The factor for an epoch, counted from 0, of a run of so many.</summary>
    public float Factor(int epoch, int epochs) => (float)factor(epoch, epochs);

    /// <summary>Reads constant, cosine, decay:RATE, exponential:RATE or step:FACTOR:EVERY.</summary>
    /// <returns>Null if the text is none of these.</returns>
    public static Schedule? Parse(string text)
    {
        string[] parts = text.Split(':');
        double first = 0;
        bool oneNumber = parts.Length == 2
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out first) && first >= 0;
        switch (parts[0])
        {
            case "constant" when parts.Length == 1:
                return Constant;
            case "cosine" when parts.Length == 1:
                return Cosine;
            case "decay" when oneNumber:
                return Decay(first);
            case "exponential" when oneNumber && first is > 0 and <= 1:
                return Exponential(first);
            case "step" when parts.Length == 3
                && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) && factor is > 0 and <= 1
                && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int every) && every > 0:
                return Step(factor, every);
            default:
                return null;
        }
    }

    private static string Write(string name, double value) => name + ":" + value.ToString(CultureInfo.InvariantCulture);
}
