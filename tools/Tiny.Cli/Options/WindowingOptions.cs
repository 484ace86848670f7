using System.CommandLine;
using System.Globalization;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Recordings;

namespace Tiny.Cli.Options;

/// <summary>The options that make features of recordings.</summary>
internal sealed class WindowingOptions
{
    private const string Expected =
        "expected default, mean, std, min, max, mad, zcr or a frequency such as 5Hz, with commas between, or raw alone";

    // Rates and frequencies have three decimals in the names of features and in what a device says of itself.
    private const float Finest = 0.001f;

    private static readonly Dictionary<string, FeatureKinds> Names = new FeatureKinds[]
        { FeatureKinds.Mean, FeatureKinds.Deviation, FeatureKinds.Minimum, FeatureKinds.Maximum, FeatureKinds.MeanDifference,
        FeatureKinds.Crossings }
        .ToDictionary(FeatureDescription.NameOf).Append(KeyValuePair.Create("default", FeatureKinds.Default)).ToDictionary();

    private readonly Option<string?> channels = new("--channels")
    {
        Description = "For recordings: the columns of the channels. Default: all but recording, label, number and time",
        HelpName = "X,Y,..",
    };

    private readonly Option<int?> window =
        new Option<int?>("--window")
        {
            Description = "For recordings: samples in a window; the features of a window are one row",
            HelpName = "N"
        }
        .Within(samples => samples is >= 2 and <= FeatureDescription.MaxWindow, $"2 to {FeatureDescription.MaxWindow}");

    private readonly Option<int?> hop =
        new Option<int?>("--hop")
        {
            Description = "Samples from the start of one window to the next. Default: half a window",
            HelpName = "N"
        }
        .Within(samples => samples is >= 1 and <= FeatureDescription.MaxWindow, "1 to --window");

    private readonly Option<string?> features = new("--features")
    {
        Description = "Features of each channel: default (mean, std, min, max, mad), zcr, and frequency bands such as 2Hz. raw: the "
            + "samples themselves, for convolutions",
        HelpName = "A,B,..",
    };

    private readonly Option<float?> rate =
        new Option<float?>("--rate")
        {
            Description = "Samples per second; frequency bands need it, and the device checks it",
            HelpName = "HZ"
        }
        .Within(hertz => hertz is >= Finest and <= FeatureDescription.MaxRate,
        $"samples a second above 0, at most {FeatureDescription.MaxRate:0}");

    private readonly Option<string?> unit =
        new("--unit") { Description = "The unit of the channels: one for all, or one for each. The device checks it", HelpName = "U,.." };

    internal void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The channels named, null where the option is not given.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    internal IReadOnlyList<string>? Channels(ParseResult parsed) =>
        parsed.GetValue(channels) is string text ? DataOptions.Columns(channels, text) : null;

    /// <summary>Whether a window was named.</summary>
    internal bool HasWindow(ParseResult parsed) => parsed.GetValue(window) is not null;

    /// <summary>Whether the data are recordings: one of these options was given, or the column that names a recording.</summary>
    /// <exception cref="UsageException">Options for a table were given too.</exception>
    internal bool AreFor(ParseResult parsed, DataOptions data, string path)
    {
        bool given = data.AreRecordings(parsed, path) || First(parsed) is not null;
        return !given || !data.NameInputs(parsed)
            ? given
            : throw new UsageException("--inputs is for tables; the inputs of recordings are features of their --channels.");
    }

    /// <exception cref="UsageException">One was given for a file that cannot hold recordings.</exception>
    internal void CheckNotFor(ParseResult parsed, string path)
    {
        if (First(parsed) is Option option)
        {
            throw new UsageException($"{option.Name} is for recordings in a CSV file, but {path} is an IDX file.");
        }
    }

    /// <summary>The samples a second that were named, 0 for none.</summary>
    internal float Rate(ParseResult parsed) => parsed.GetValue(rate) ?? 0f;

    /// <summary>How windows are made, of recordings to test on as of those that are trained on.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="like">The recordings that are trained on, whose rate must hold; null for none.</param>
    /// <exception cref="UsageException">A value is none, or one is missing.</exception>
    internal WindowOptions Read(ParseResult parsed, DatasetFile? like)
    {
        WindowOptions windows = Read(parsed);
        return windows.Rate == 0f && like?.Table.Schema.Features?.Signal.Rate is > 0f and float known
            ? windows with { Rate = known, RateSays = "those to train on have" }
            : windows;
    }

    /// <summary>How windows are made.</summary>
    /// <exception cref="UsageException">A value is none, or one is missing.</exception>
    internal WindowOptions Read(ParseResult parsed)
    {
        int samples = parsed.GetValue(window)
            ?? throw new UsageException(
            "Recordings are cut into windows: how many samples has one? Say it with --window, such as --window 200 for 2 s at 100 Hz.");
        int step = parsed.GetValue(hop) ?? samples / 2;
        if (step > samples)
        {
            throw new UsageException($"--hop {step}: expected at most --window, {samples}: samples between windows would be in none.");
        }

        float hertz = Rate(parsed);
        string usual = StreamOption.Is(parsed) ? FeatureDescription.NameOf(FeatureKinds.Samples) : "default";
        (FeatureKinds kinds, IReadOnlyList<float> bands) = ReadFeatures(parsed.GetValue(features) ?? usual, hertz);
        if (StreamOption.Is(parsed) && kinds != FeatureKinds.Samples)
        {
            throw new UsageException($"--features {parsed.GetValue(features)}: features are of whole windows; a stream takes the samples "
                + "themselves. Leave --features out, or --stream.");
        }

        return new WindowOptions
        {
            Window = samples,
            Hop = step,
            Channels = Channels(parsed),
            Kinds = kinds,
            Bands = bands,
            Rate = hertz,
            Units = parsed.GetValue(unit) is string units ? units.Split(',', StringSplitOptions.TrimEntries) : [""],
        };
    }

    private Option[] All => [channels, window, hop, features, rate, unit];

    private Option? First(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    private static (FeatureKinds Kinds, IReadOnlyList<float> Bands) ReadFeatures(string text, float rate)
    {
        if (text == FeatureDescription.NameOf(FeatureKinds.Samples))
        {
            return (FeatureKinds.Samples, []);
        }

        FeatureKinds kinds = FeatureKinds.None;
        List<float> bands = [];
        foreach (string name in Split(text))
        {
            if (Names.TryGetValue(name, out FeatureKinds kind))
            {
                kinds |= kind;
            }
            else if (name.EndsWith("Hz", StringComparison.OrdinalIgnoreCase)
                && Numbers.TryParse(name[..^2], NumberStyles.AllowDecimalPoint, out double band))
            {
                CheckBand(text, name, band, rate, bands);
                bands.Add((float)band);
            }
            else
            {
                string? near = Suggestion.For(name, Names.Keys);
                throw new UsageException($"--features {text}: "
                    + $"{name} is unknown; {Expected}.{(near is null ? "" : $" Did you mean {near}?")}");
            }
        }

        return kinds == FeatureKinds.None && bands.Count == 0 ? throw new UsageException($"--features {text}: there is none; {Expected}.")
            : bands.Count <= FeatureDescription.MaxBands ? (kinds, bands)
            : throw new UsageException($"--features {text}: {bands.Count} bands, at most {FeatureDescription.MaxBands} fit.");
    }

    private static void CheckBand(string text, string name, double band, float rate, List<float> others)
    {
        if (!(band >= Finest && band <= FeatureDescription.MaxRate / 2) || (rate > 0f && band >= rate / 2))
        {
            string half = rate > 0f ? $", {(rate / 2).ToString("0.###", CultureInfo.InvariantCulture)} Hz" : "";
            throw new UsageException($"--features {text}: {name}: a band's frequency must be between 0 and half the rate{half}.");
        }

        if (others.Any(other => Math.Abs(other - band) < Finest))
        {
            throw new UsageException($"--features {text}: {name} is named twice.");
        }
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
