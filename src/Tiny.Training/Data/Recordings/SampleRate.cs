namespace Tiny.Training.Data.Recordings;

/// <summary>Rates as clocks tell them.</summary>
/// <example>
/// <code>
/// bool isSame = SampleRate.Agrees(49.8, 50);                 // both in samples a second
/// </code>
/// </example>
public static class SampleRate
{
    private const double Tolerance = 0.05; // of the rate, as FeatureDescription.CheckSensor has it on the device
    private const double Near = 0.005; // of the rate
    private const int Figures = 4;

    /// <summary>Whether a device that expects one rate takes a sensor of another.</summary>
    /// <param name="rate">In samples a second.</param>
    /// <param name="expected">In samples a second.</param>
    public static bool Agrees(double rate, double expected) => Math.Abs(rate - expected) <= Tolerance * expected;

    /// <summary>A rate as a data sheet would have it: whole where that is within half a percent, else of four figures.</summary>
    internal static double Round(double rate)
    {
        double whole = Math.Round(rate);
        double scale = Math.Pow(10, Figures - 1 - Math.Floor(Math.Log10(rate)));
        return Math.Abs(rate - whole) <= Near * rate ? whole : Math.Round(rate * scale) / scale;
    }
}
