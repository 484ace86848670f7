using System.Globalization;

namespace Tiny.Training.Data.Capture;

/// <summary>What a device says of its samples.</summary>
/// <param name="Rate">Samples a second that it means to send; 0 if it does not say.</param>
/// <param name="Channels">The channels' names.</param>
/// <param name="Units">Their units.</param>
/// <seealso cref="CaptureRecorder"/>
public sealed record CaptureHeader(double Rate, IReadOnlyList<string> Channels, IReadOnlyList<string> Units)
{
    /// <summary>Whether both promise the same samples: the same channels in the same order, in the same units, at the same rate.</summary>
    public bool IsLike(CaptureHeader other) => Rate == other.Rate && Channels.SequenceEqual(other.Channels)
        && Units.SequenceEqual(other.Units);

    /// <summary>Such as "x (g), y (g) at 50 Hz".</summary>
    public string Describe()
    {
        IEnumerable<string> channels = Channels.Zip(Units, (name, unit) => unit.Length == 0 ? name : $"{name} ({unit})");
        return string.Join(", ", channels) + (Rate > 0 ? $" at {Rate.ToString(CultureInfo.InvariantCulture)} Hz" : "");
    }
}
