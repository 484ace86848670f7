using Tiny.Features;

namespace Tiny.Training.Data.Recordings;

/// <summary>How features are made of recordings.</summary>
/// <example>
/// <code>
/// WindowOptions windows = new() { Window = 100, Hop = 50, Rate = 50 };
/// using DatasetFile recordings = DatasetFile.ReadRecordings("recordings.csv", new CsvOptions(), windows);
/// int rows = recordings.Data.Rows;
/// </code>
/// </example>
public sealed record WindowOptions
{
    /// <summary>Samples of a window.</summary>
    public required int Window { get; init; }

    /// <summary>Samples from the beginning of a window to that of the next.</summary>
    public required int Hop { get; init; }

    /// <summary>
    /// The channels by name or 0-based index; null for all columns that are not the recording's name, label, number or time.
    /// </summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>The features of each channel.</summary>
    public FeatureKinds Kinds { get; init; } = FeatureKinds.Default;

    /// <summary>The bands of each channel, their frequencies in Hz.</summary>
    public IReadOnlyList<float> Bands { get; init; } = [];

    /// <summary>Samples a second; 0 where it is not known.</summary>
    public float Rate { get; init; }

    /// <summary>Who says so, for messages.</summary>
    public string RateSays { get; init; } = "--rate says";

    /// <summary>The unit of all channels, "" for none; or one for each.</summary>
    public IReadOnlyList<string> Units { get; init; } = [""];

    /// <summary>What the pipeline of desktop and device is to compute.</summary>
    /// <param name="channels">The channels' names.</param>
    /// <param name="clockRate">Samples a second by a clock in the data, which counts if
    /// <see cref="Rate"/> is not known; 0 for none.</param>
    /// <exception cref="SelectionException">It does not hold together.</exception>
    public FeatureDescription Describe(IReadOnlyList<string> channels, double clockRate = 0)
    {
        if (channels.Count is 0 or > Signal.MaxChannels)
        {
            throw new SelectionException($"{channels.Count} channels: a signal has 1 to {Signal.MaxChannels}. Name them with --channels.");
        }

        if (Units.Count != 1 && Units.Count != channels.Count)
        {
            throw new SelectionException($"{Units.Count} units for {channels.Count} channels. Give one for all, or one for each.");
        }

        float rate = Rate > 0 ? Rate : clockRate is > 0 and <= FeatureDescription.MaxRate ? (float)clockRate : 0;
        if (Bands.Count > 0 && rate == 0)
        {
            throw new SelectionException(
                "Bands are told by their frequency: give the samples a second with --rate. No column is known to be a clock that tells "
                    + "them.");
        }

        Signal signal = new(rate);
        for (int i = 0; i < channels.Count; i++)
        {
            signal.Add(channels[i], Units[Units.Count == 1 ? 0 : i]);
        }

        FeatureDescription description = new(signal, Window, Hop, Kinds);
        foreach (float band in Bands)
        {
            description.AddBand(band, (float)(2 * Math.Cos(2 * Math.PI * band / rate)));
        }

        try
        {
            int bytes = description.ToBytes().Length;
            return bytes <= Most ? description
                : throw new SelectionException($"Names and units of the channels take {bytes} bytes, at most {Most} fit. Shorten them.");
        }
        catch (FeatureException error)
        {
            throw new SelectionException(error.Message);
        }
    }

    private const int Most = 1020; // bytes of a description in a blob
}
