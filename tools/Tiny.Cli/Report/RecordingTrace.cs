namespace Tiny.Cli.Report;

/// <summary>A window in its recording.</summary>
/// <param name="Recording">The recording's name.</param>
/// <param name="First">The number of the window's first sample in the recording, from 0.</param>
/// <param name="Window">Samples of the window.</param>
/// <param name="Before">Samples shown before it.</param>
/// <param name="Channels">The channels' names.</param>
/// <param name="Samples">(samples)(channels).</param>
internal sealed record RecordingTrace(
    string Recording, long First, int Window, int Before, IReadOnlyList<string> Channels, IReadOnlyList<float[]> Samples)
{
    /// <summary>The number of the window's last sample.</summary>
    internal long Last => First + Window - 1;
}
