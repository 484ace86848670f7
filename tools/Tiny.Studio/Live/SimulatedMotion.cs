namespace Tiny.Studio.Live;

/// <summary>
/// An accelerometer and a gyroscope on a simulated wrist, for whoever has no sensor at hand: the movements of tools/Tiny.Gestures, as long
/// as they are wanted.
/// </summary>
internal sealed class SimulatedMotion
{
    private const double Noise = 0.06;

    private static readonly string[] Axes = ["x", "y", "z"];

    private readonly double rate;
    private readonly Random random = new(2026);
    private volatile string movement = Movements[0];

    internal SimulatedMotion(double rate)
    {
        this.rate = rate;
    }

    /// <summary>What the wrist can do.</summary>
    internal static IReadOnlyList<string> Movements { get; } = ["rest", "shake", "circle", "wave", "knock"];

    /// <summary>What it does now.</summary>
    internal string Movement
    {
        get => movement;
        set => movement = Movements.Contains(value) ? value : movement;
    }

    /// <summary>The names of so many channels: three of acceleration, six with rotation.</summary>
    internal static (string[] Names, string[] Units) Channels(int count) => count == 6
        ? ([.. Axes.Select(axis => "a" + axis), .. Axes.Select(axis => "g" + axis)], ["g", "g", "g", "dps", "dps", "dps"])
        : (Axes, ["g", "g", "g"]);

    /// <summary>Fills in the sample of a number.</summary>
    internal void Fill(long number, float[] sample)
    {
        double angle = 2 * Math.PI * number / rate;
        (double x, double y, double z) = Acceleration(movement, angle);
        double[] values = [x, y, z + 1, 60 * y, 60 * x, 20 * z];
        for (int i = 0; i < sample.Length; i++)
        {
            double unit = i < 3 ? 1 : 40;
            sample[i] = (float)(values[i] + unit * Noise * (random.NextDouble() + random.NextDouble() - 1));
        }
    }

    private static (double X, double Y, double Z) Acceleration(string movement, double angle) => movement switch
    {
        "shake" => (1.5 * Math.Sin(5 * angle), 0.2 * Math.Sin(5 * angle + 1), 0.1 * Math.Sin(10 * angle)),
        "circle" => (0.6 * Math.Cos(1.5 * angle), 0.6 * Math.Sin(1.5 * angle), 0),
        "wave" => (0.5 * Math.Sin(2 * angle), 0.1 * Math.Sin(angle), 0.5 * Math.Sin(2 * angle + 0.8)),
        "knock" => (0, 0, 1.6 * Math.Exp(-18 * (angle / Math.PI - Math.Floor(angle / Math.PI)))),
        _ => (0.02 * Math.Sin(angle), 0.02 * Math.Cos(angle), 0),
    };
}
