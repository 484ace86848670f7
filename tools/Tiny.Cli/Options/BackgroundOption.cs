using System.CommandLine;
using Tiny.Cli.Output;
using Tiny.Core;

namespace Tiny.Cli.Options;

/// <summary>The class of a stream that is no event.</summary>
internal sealed class BackgroundOption
{
    /// <summary>The option.</summary>
    internal Option<string?> Option { get; } =
        new("--background") { Description = "For a stream: the class that is no event, such as rest", HelpName = "LABEL" };

    /// <summary>Its number among a model's classes; -1 for none.</summary>
    /// <exception cref="UsageException">The model has no such class.</exception>
    internal int Read(ParseResult parsed, Network network)
    {
        if (parsed.GetValue(Option) is not string label)
        {
            return -1;
        }

        string[] names = network.Task == NetworkTask.Classification
            ? ModelText.OutputNames(network) : throw new UsageException("--background names a class, but the model is a regression.");
        int found = Array.IndexOf(names, label);
        return found >= 0 ? found : throw new UsageException($"--background {label}: the model's classes are {string.Join(", ", names)}.");
    }
}
