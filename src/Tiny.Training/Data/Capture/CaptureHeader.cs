namespace Tiny.Training.Data.Capture;

/// <summary>What a device says of its samples.</summary>
/// <param name="Rate">Samples a second that it means to send; 0 if it does not say.</param>
/// <param name="Channels">The channels' names.</param>
/// <param name="Units">Their units.</param>
public sealed record CaptureHeader(double Rate, IReadOnlyList<string> Channels, IReadOnlyList<string> Units);
