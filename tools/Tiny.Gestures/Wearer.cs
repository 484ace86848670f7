using Tiny.Learning;

namespace Tiny.Gestures;

/// <summary>Somebody who wears the sensor in a way of their own.</summary>
/// <param name="Strength">How strongly they move.</param>
/// <param name="Tempo">How fast they move.</param>
/// <param name="Roll">How far the sensor is turned about the forearm, in radians.</param>
/// <param name="Pitch">How far it is tilted, in radians.</param>
internal sealed record Wearer(double Strength, double Tempo, double Roll, double Pitch)
{
    internal static Wearer Draw(SeededRandom random) =>
        new(0.4 + 0.9 * random.NextFloat(), 0.6 + 0.8 * random.NextFloat(), random.NextSymmetric(0.8f), random.NextSymmetric(0.8f));

    /// <summary>From the world's axes to the sensor's.</summary>
    internal double[] Turn(double x, double y, double z)
    {
        double y1 = y * Math.Cos(Roll) - z * Math.Sin(Roll);
        double z1 = y * Math.Sin(Roll) + z * Math.Cos(Roll);
        return [x * Math.Cos(Pitch) + z1 * Math.Sin(Pitch), y1, z1 * Math.Cos(Pitch) - x * Math.Sin(Pitch)];
    }
}
