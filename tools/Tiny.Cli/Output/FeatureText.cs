using System.Globalization;
using System.Text.Json.Nodes;
using Tiny.Features;

namespace Tiny.Cli.Output;

/// <summary>Describes a model's features in words.</summary>
internal static class FeatureText
{
    /// <summary>Such as "mean, std of x, y, z in g at 100 Hz, over 200 samples every 100".</summary>
    internal static string Describe(FeatureDescription features)
    {
        Signal signal = features.Signal;
        string[] units = [.. Channels(features).Select(signal.GetUnit).Distinct()];
        string unit = units is [""] ? "" : $" in {string.Join(", ", units)}";
        string rate = signal.Rate > 0 ? $" at {Hertz(signal.Rate)}" : "";
        string what = features.Kinds >= FeatureKinds.Samples ? "samples" : string.Join(", ", Names(features));
        if (features.Kinds == FeatureKinds.Stream)
        {
            return $"a stream of {string.Join(", ", Channels(features).Select(signal.GetName))}{unit}{rate}, "
                + $"{Format.Count(features.Hop, "sample")} at a time; trained on windows of {features.Window}";
        }

        return $"{what} of {string.Join(", ", Channels(features).Select(signal.GetName))}{unit}"
            + $"{rate}, over {features.Window} samples every {features.Hop}";
    }

    internal static JsonObject ToJson(FeatureDescription features) => new()
    {
        ["channels"] = Json.Strings([.. Channels(features).Select(features.Signal.GetName)]),
        ["units"] = Json.Strings([.. Channels(features).Select(features.Signal.GetUnit)]),
        ["rate"] = features.Signal.Rate,
        ["window"] = features.Window,
        ["hop"] = features.Hop,
        ["features"] = Json.Strings([.. Names(features)]),
    };

    private static IEnumerable<int> Channels(FeatureDescription features) => Enumerable.Range(0, features.Signal.Channels);

    /// <summary>The features of each channel, without its name.</summary>
    private static IEnumerable<string> Names(FeatureDescription features) => features.Kinds >= FeatureKinds.Samples
        ? [FeatureDescription.NameOf(features.Kinds)]
        : Enumerable.Range(0, features.FeaturesOfChannel).Select(i => features.GetName(i)[(features.Signal.GetName(0).Length + 1)..]);

    private static string Hertz(float rate) => rate.ToString("0.###", CultureInfo.InvariantCulture) + " Hz";
}
