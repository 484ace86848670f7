namespace Tiny.Studio.Live;

/// <summary>Recordings to be made one after the other: "ten times shake, two seconds each, with three to get ready".</summary>
/// <param name="Label">What is going on.</param>
/// <param name="Wearer">Who wears the sensor; "" for unknown.</param>
/// <param name="Takes">How many recordings.</param>
/// <param name="Seconds">How long each is; 0 until it is stopped.</param>
/// <param name="Countdown">Seconds before each.</param>
internal sealed record TakePlan(string Label, string Wearer, int Takes, double Seconds, double Countdown);
