namespace Tiny.Training.Data.Capture;

/// <summary>A sample that a device sent.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Milliseconds">When it was taken, by the device's clock.</param>
/// <param name="Values">A value for each channel, as the device wrote it.</param>
/// <seealso cref="CaptureRecorder"/>
public sealed record CaptureSample(long Number, long Milliseconds, IReadOnlyList<string> Values);
