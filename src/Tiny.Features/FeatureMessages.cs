namespace Tiny.Features
{
    /// <summary>Puts what is wrong with a description into words.</summary>
    internal static class FeatureMessages
    {
        internal static string Describe(FeatureError error)
        {
            switch (error)
            {
                case FeatureError.NoDescription:
                    return "The model does not describe its features: it was trained on a table. Train it on recordings, or compute its "
                        + "inputs yourself.";
                case FeatureError.UnsupportedVersion:
                    return "The model's features are described in a version that this library does not read. Update Tiny.";
                case FeatureError.ChannelCountOutOfRange:
                    return "A signal has 1 to " + Signal.MaxChannels + " channels.";
                case FeatureError.UnknownFeature:
                    return "The model takes a feature that this library does not know. Update Tiny.";
                case FeatureError.FeatureCountOutOfRange:
                    return "There must be at least one feature, and at most " + FeatureDescription.MaxBands + " bands.";
                case FeatureError.WindowOutOfRange:
                    return "A window has 2 to " + FeatureDescription.MaxWindow + " samples.";
                case FeatureError.HopOutOfRange:
                    return "A hop is of at least one sample and at most the window.";
                case FeatureError.RateOutOfRange:
                    return "The rate must be a number of samples a second, or 0 for unknown.";
                case FeatureError.BandOutOfRange:
                    return "A band's frequency must be between 0 and half the rate.";
                default:
                    return "The names and units of the channels do not fill their section, or are too long.";
            }
        }
    }
}
