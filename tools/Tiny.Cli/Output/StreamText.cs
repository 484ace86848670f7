using System.Text.Json.Nodes;
using Tiny.Cli.Commands;
using Tiny.Training.Evaluation;
using Tiny.Training.Streaming;

namespace Tiny.Cli.Output;

/// <summary>What a stream is and how it does, in words and in JSON.</summary>
internal static class StreamText
{
    /// <summary>How a stream relates to its window.</summary>
    internal static string Describe(StreamForm form)
    {
        string block = form.Block == 1 ? "an answer with every sample" : $"an answer with every {form.Block} samples";
        string delay = form.Delay == 0 ? "without delay" : $"{Format.Count(form.Delay, "sample")} late";
        string bits = form.Bits switch
        {
            StreamBits.EveryWindow => "with the bits of the window's",
            StreamBits.FirstWindow => "with the bits of the window's for the first window behind a reset",
            _ => "near the window's, not with its bits: see src/STREAMING.md",
        };
        return $"{block}, {delay}, {bits}; the first after {Format.Count(form.WarmUp, "sample")}";
    }

    /// <summary>Its answers: accuracy, or errors of a regression.</summary>
    internal static string Answers(StreamResult result)
    {
        string figures = result.Answers == 0
            ? "no answer: the recordings are shorter than the warm-up"
            : Format.Result(new EvaluationResult(result.Answers, null, result.Confusion, result.Errors));
        return $"{figures}  ({Format.Count(result.Answers, "answer")} to {Format.Count(result.Samples, "sample")})";
    }

    /// <summary>Its events: told, missed, how late, false.</summary>
    internal static string Events(StreamResult result)
    {
        string late = result.Detected == 0
            ? "" : $", latency {Time(result, result.MedianLatency)} (median), {Time(result, result.NinthTenthLatency)} (90 %)";
        string hourly = result.Rate > 0 ? $", {Format.Plain(Math.Round(result.FalseEventsPerHour, 2))} an hour" : "";
        return $"{Format.Count(result.Detected)} "
            + $"of {Format.Count(result.Segments)} told{late}; {Format.Count(result.FalseEvents, "false event")}{hourly}";
    }

    internal static JsonObject ToJson(StreamResult result)
    {
        JsonObject json = Json.Figures(new EvaluationResult(result.Answers, null, result.Confusion, result.Errors));
        json["samples"] = result.Samples;
        if (result.Confusion is not null)
        {
            json["events"] = result.Segments;
            json["events_told"] = result.Detected;
            json["events_false"] = result.FalseEvents;
            json["events_false_per_hour"] = Json.Number(result.FalseEventsPerHour);
            json["latency_samples_median"] = Json.Number(result.MedianLatency);
            json["latency_samples_90"] = Json.Number(result.NinthTenthLatency);
            json["latency_seconds_median"] = result.Rate > 0 ? Json.Number(result.MedianLatency / result.Rate) : null;
        }

        return json;
    }

    /// <summary>A stream and how it does, as rows of a table.</summary>
    internal static void AddTo(TextTable table, StreamOutcome stream)
    {
        table.Add("stream", Describe(stream.Form));
        if (stream.Result is StreamResult result)
        {
            table.Add("recordings", Answers(result));
            if (result.Confusion is not null)
            {
                table.Add("events", Events(result));
            }
        }
    }

    internal static JsonObject ToJson(StreamOutcome stream)
    {
        JsonObject json = new()
        {
            ["block"] = stream.Form.Block,
            ["warm_up"] = stream.Form.WarmUp,
            ["delay"] = stream.Form.Delay,
            ["bits"] = stream.Form.Bits switch
            {
                StreamBits.EveryWindow => "every-window",
                StreamBits.FirstWindow => "first-window",
                _ => "none"
            },
        };
        json["recordings"] = stream.Result is null ? null : ToJson(stream.Result);
        return json;
    }

    private static string Time(StreamResult result, double samples) => result.Rate > 0
        ? Format.Milliseconds(samples / result.Rate) : Format.Count((long)samples, "sample");
}
