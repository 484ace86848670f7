using Tiny.Features;

namespace Tiny.Training.Data.Recordings;

/// <summary>How features are made of recordings.</summary>
public sealed record WindowOptions
{
    /// <summary>Samples of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Samples from the beginning of a window to that of the next.</summary>
    public required int Hop { get; init; }

    /// <summary>The channels by name or 0-based index; null for all columns that are not the recording's name, label, number or time.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The features of each channel.</summary>
    public FeatureKinds Kinds { get; init; } = FeatureKinds.Default;

    /// <summary>The bands of each channel, their frequencies in Hz.</summary>
    public IReadOnlyList<float> Bands { get; init; } = [];

    /// <summary>Samples a second; 0 where it is not known.</summary>
    public float Rate { get; init; }

    /// <summary>The unit of all channels, "" for none; or one for each.</summary>
    public IReadOnlyList<string> Units { get; init; } = [""];

    /// <summary>What the pipeline of desktop and device is to compute.</summary>
    /// <exception cref="DataException">It does not hold together.</exception>
    public FeatureDescription Describe(IReadOnlyList<string> channels)
    {
        if (channels.Count is 0 or > Signal.MaxChannels)
        {
            throw new DataException($"{channels.Count} channels: a signal has 1 to {Signal.MaxChannels}. Name them with --channels.");
        }

        if (Units.Count != 1 && Units.Count != channels.Count)
        {
            throw new DataException($"{Units.Count} units for {channels.Count} channels. Give one for all, or one for each.");
        }

        Signal signal = new(Rate);
        for (int i = 0; i < channels.Count; i++)
        {
            signal.Add(channels[i], Units[Units.Count == 1 ? 0 : i]);
        }

        FeatureDescription description = new(signal, Window, Hop, Kinds);
        foreach (float band in Bands)
        {
            description.AddBand(band, (float)(2 * Math.Cos(2 * Math.PI * band / Rate)));
        }

        try
        {
            int bytes = description.ToBytes().Length;
            return bytes <= Most ? description : throw new DataException($"Names and units of the channels take {bytes} bytes, at most {Most} fit. Shorten them.");
        }
        catch (FeatureException error)
        {
            throw new DataException(error.Message, error);
        }
    }

    private const int Most = 1020; // bytes of a description in a blob
}
