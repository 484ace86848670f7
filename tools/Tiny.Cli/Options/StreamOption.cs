using System.CommandLine;

namespace Tiny.Cli.Options;

/// <summary>Whether a model is trained to stream. What reads data and what reads layers ask for it too.</summary>
internal static class StreamOption
{
    /// <summary>The option.</summary>
    internal static Option<bool> Option { get; } = new("--stream")
    {
        Description = "For recordings: write a model that takes one sample at a time (StreamingNetwork), trained on windows of raw "
            + "samples. Convolutions are valid unless they say same",
    };

    /// <summary>Whether it was given.</summary>
    internal static bool Is(ParseResult parsed) => parsed.GetValue(Option);
}
