using System.CommandLine;
using System.Globalization;
using Tiny.Training;

namespace Tiny.Cli.Options;

/// <summary>--augment: how rows are changed each time they are learned from.</summary>
internal sealed class AugmentOption
{
    private const string Expected =
        "expected shift:PLACES (1 to 1000), noise:DEVIATION (above 0, at most 10) and scale:SHARE (above 0, below 1) with commas "
        + "between, such as shift:2,noise:0.05,scale:0.1";

    private readonly Option<string?> augment = new("--augment")
    {
        Description = "Data augmentation, new for each epoch: shift:PLACES (images in both directions, signals in time), "
            + "noise:DEVIATION, scale:SHARE",
        HelpName = "shift:2,..",
    };

    internal void AddTo(Command command) => command.Options.Add(augment);

    /// <summary>The text as it was given; null for none.</summary>
    internal string? Text(ParseResult parsed) => parsed.GetValue(augment);

    /// <summary>What is asked for; null for nothing.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal Augmentation? Read(ParseResult parsed)
    {
        if (parsed.GetValue(augment) is not string text)
        {
            return null;
        }

        Augmentation read = new();
        HashSet<string> seen = [];
        foreach (string part in text.Split(','))
        {
            string[] fields = part.Split(':');
            if (fields.Length != 2 || !seen.Add(fields[0]))
            {
                throw Fault(text, part, fields.Length == 2 ? "stands twice" : "is no change");
            }

            read = fields[0] switch
            {
                "shift" when int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int places)
                    && places is >= 1 and <= 1000 => read with { Shift = places },
                "noise" when IsNumber(fields[1], out float deviation) && deviation is > 0 and <= 10 => read with { Noise = deviation },
                "scale" when IsNumber(fields[1], out float share) && share is > 0 and < 1 => read with { Scale = share },
                _ => throw Fault(text, part, "is no change"),
            };
        }

        return read;
    }

    private static bool IsNumber(string text, out float value) =>
        float.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static UsageException Fault(string text, string part, string what) => new($"--augment {text}: \"{part}\" {what}; {Expected}.");
}
