using Tiny.Core;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>For commands whose rows stand by themselves, as those of a stream do not.</summary>
internal static class StreamRefusal
{
    /// <summary>Refuses a stream.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="network">The model.</param>
    /// <param name="instead">What to do instead, as a sentence.</param>
    /// <exception cref="ModelException">It is one.</exception>
    internal static void Check(string path, Network network, string instead)
    {
        if (StreamForm.IsStream(network))
        {
            throw new ModelException($"{path}: is a stream, which keeps something from one block of samples to the next. {instead}");
        }
    }
}
