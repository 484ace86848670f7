using Tiny.Training.Evaluation;

namespace Tiny.Training.Streaming;

/// <summary>How a stream does on recordings: its answers sample by sample, and its events.</summary>
/// <param name="Samples">Samples streamed.</param>
/// <param name="Answers">Answers; none while a stream warms up.</param>
/// <param name="Rate">Samples a second; 0 where it is not known.</param>
/// <param name="Confusion">Each answer against the label of its latest sample; null for a regression.</param>
/// <param name="Errors">Of a regression.</param>
/// <param name="Segments">Runs of samples with one label, those of the background not counted: each is an event to be told.</param>
/// <param name="Latencies">Samples of a segment up to the answer with which its event was told, that one included.</param>
/// <param name="FalseEvents">Events told of what was not there, or once more.</param>
/// <seealso cref="StreamEvaluation"/>
public sealed record StreamResult(
    long Samples,
    long Answers,
    float Rate,
    ConfusionMatrix? Confusion,
    RegressionErrors? Errors,
    int Segments,
    IReadOnlyList<int> Latencies,
    int FalseEvents)
{
    /// <summary>Segments whose event was told.</summary>
    public int Detected => Latencies.Count;

    /// <summary>The latency that half of the told events keep, in samples; NaN without any.</summary>
    public double MedianLatency => Quantile(0.5);

    /// <summary>The latency that nine tenths of them keep.</summary>
    public double NinthTenthLatency => Quantile(0.9);

    /// <summary>Hours streamed; NaN where the rate is not known.</summary>
    public double Hours => Rate > 0 ? Samples / (3600.0 * Rate) : double.NaN;

    /// <summary>False events an hour; NaN where the rate is not known.</summary>
    public double FalseEventsPerHour => FalseEvents / Hours;

    private double Quantile(double share)
    {
        if (Latencies.Count == 0)
        {
            return double.NaN;
        }

        int[] sorted = [.. Latencies.Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
