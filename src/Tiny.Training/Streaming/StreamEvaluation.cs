using Tiny.Core;
using Tiny.Features;
using Tiny.Streaming;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;

namespace Tiny.Training.Streaming;

/// <summary>Streams recordings through a model as a device does, sample by sample, and judges answers and events.</summary>
/// <example>
/// <code>
/// StreamResult result = StreamEvaluation.Run(network, file, Enumerable.Range(0, file.Data.Rows), background: -1);
/// double accuracy = result.Confusion.Accuracy;
/// </code>
/// </example>
public sealed class StreamEvaluation
{
    private readonly Network network;
    private readonly StreamingNetwork stream;
    private readonly int background;
    private readonly ConfusionMatrix? confusion;
    private readonly RegressionErrors? errors;
    private readonly List<int> latencies = []; // samples, of the segments whose event was told
    private readonly float[] sample;
    private long samples;
    private long answers;
    private int segments;
    private int falseEvents;
    private StreamSegment current = StreamSegment.None;
    private StreamSegment before = StreamSegment.None;

    private StreamEvaluation(Network network, int background)
    {
        this.network = network;
        this.background = background;
        stream = new StreamingNetwork(network);
        sample = new float[stream.Values];
        if (network.Task == NetworkTask.Classification)
        {
            confusion = new ConfusionMatrix(network.ClassCount);
            stream.Events.Background = background;
        }
        else
        {
            errors = new RegressionErrors();
        }
    }

    /// <summary>Streams blocks of recordings.</summary>
    /// <param name="network">A stream.</param>
    /// <param name="file">The recordings, read for it.</param>
    /// <param name="rows">Which of their blocks, ascending. Where one is left out, the stream begins anew.</param>
    /// <param name="background">The class that is no event; -1 for none.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="DataException">The data are for another task, or the model gives no finite answer.</exception>
    public static StreamResult Run(
        Network network, DatasetFile file, IEnumerable<int> rows, int background, CancellationToken cancel = default)
    {
        Dataset data = file.Data;
        if (data.Schema.Task != network.Task)
        {
            throw new DataException($"{file.Path}: its labels are for another task than the model's. Name the label with --label.");
        }

        StreamEvaluation evaluation = new(network, background);
        int last = -2;
        foreach (int row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            evaluation.Take(data, row, row != last + 1 || file.Breaks[row], file.Path);
            last = row;
        }

        return evaluation.Finish(FeatureDescription.Of(network).Signal.Rate);
    }

    private void Take(Dataset data, int row, bool begins, string path)
    {
        if (begins)
        {
            stream.Reset();
            (before, current) = (StreamSegment.None, StreamSegment.None);
        }

        ReadOnlySpan<float> block = data.Row(row);
        float label = data.Targets.Length > 0 ? data.Targets[row] : data.Classes[row];
        for (int at = 0; at < block.Length; at += sample.Length)
        {
            samples++;
            Begin((int)label);
            block.Slice(at, sample.Length).CopyTo(sample);
            if (stream.Push(sample))
            {
                Answer(label, path);
            }
        }
    }

    /// <summary>A segment is a run of samples with one label.</summary>
    private void Begin(int label)
    {
        if (confusion is not null && label != current.Label)
        {
            before = current with { End = samples };
            current = new StreamSegment(label, samples);
            segments += label == background ? 0 : 1;
        }
    }

    private void Answer(float label, string path)
    {
        answers++;
        try
        {
            if (confusion is null)
            {
                stream.Answer(stream.Outputs);
                errors!.Add(label, stream.Outputs[0]);
                return;
            }

            int told = stream.Detect();
            float[] outputs = stream.Outputs;
            confusion.Add((int)label, outputs.Length == 1 ? (outputs[0] >= 0.5f ? 1 : 0) : Array.IndexOf(outputs, outputs.Max()));
            if (told >= 0)
            {
                Judge(told);
            }
        }
        catch (InvalidOperationException error)
        {
            throw new DataException(
                $"{path}: sample {samples}: the model has no answer. {error.Message} Train it anew, with a lower --lr or more --l2.",
                    error);
        }
    }

    /// <summary>An event is right if its segment is under way, or over for no more than a window, and was not told before.</summary>
    private void Judge(int told)
    {
        if (told == current.Label && !current.IsTold)
        {
            latencies.Add((int)(samples - current.Begin + 1));
            current = current with { IsTold = true };
        }
        else if (told == before.Label && !before.IsTold && samples - before.End < stream.WarmUp)
        {
            latencies.Add((int)(samples - before.Begin + 1));
            before = before with { IsTold = true };
        }
        else
        {
            falseEvents++;
        }
    }

    private StreamResult Finish(float rate) => new(samples, answers, rate, confusion, errors, segments, latencies, falseEvents);
}
