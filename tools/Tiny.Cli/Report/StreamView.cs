using Tiny.Cli.Commands;
using Tiny.Cli.Output;
using Tiny.Training.Evaluation;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Report;

/// <summary>How a model does as a stream: answers sample by sample, events, latency, false events.</summary>
internal static class StreamView
{
    /// <summary>The section; nothing for a model that is no stream.</summary>
    internal static string Render(StreamOutcome? stream, string[] names)
    {
        if (stream is null)
        {
            return "";
        }

        string form = Html.Paragraph(
            $"{char.ToUpperInvariant(StreamText.Describe(stream.Form)[0])}{StreamText.Describe(stream.Form)[1..]}.");
        return Html.Section("stream", "As a stream, sample by sample",
            stream.Result is StreamResult result ? form + Figures(result, names) : form);
    }

    /// <summary>The figures of whole recordings.</summary>
    internal static string Figures(StreamResult result, string[] names)
    {
        string answers = Html.Paragraph($"Answers: {StreamText.Answers(result)}.");
        return result.Confusion is ConfusionMatrix confusion
            ? answers + Html.Paragraph($"Events: {StreamText.Events(result)}.") + ConfusionView.Render(confusion, names, "Answers")
            : answers;
    }
}
