using System.Diagnostics;
using System.Text.Json.Nodes;
using Tiny.Core;
using Tiny.Features;
using Tiny.Training.Data;
using Tiny.Training.Data.Capture;

namespace Tiny.Studio.Live;

/// <summary>
/// A model on a sensor's samples, computed by Tiny.Features and Tiny.Core as on the device, with the time that it takes here.
/// </summary>
internal sealed class LiveAnswers
{
    private readonly Network network;
    private readonly FeaturePipeline pipeline;
    private readonly int[] channels; // of the sensor, in the model's order
    private readonly float[] sample;
    private readonly float[] features;
    private readonly float[] outputs;
    private long lost;
    private long count;

    /// <summary>Tries a model on a sensor.</summary>
    /// <exception cref="DataException">The model is not for such a sensor.</exception>
    internal LiveAnswers(Network network, CaptureHeader? sensor)
    {
        if (network.Notes.FeatureBytes == 0)
        {
            throw new DataException("This model was trained on a table, not on recordings, so it cannot be tried on a live signal.");
        }

        FeatureDescription description = FeatureDescription.Of(network);
        string[] wanted = [.. Enumerable.Range(0, description.Signal.Channels).Select(description.Signal.GetName)];
        IReadOnlyList<string> present = sensor?.Channels
            ?? throw new DataException("The sensor has not said yet which channels it has. Try again in a moment.");
        channels = [.. wanted.Select(name => present.ToList().IndexOf(name))];
        if (channels.Contains(-1))
        {
            throw new DataException($"The model takes the channels {string.Join(", ", wanted)}, but the sensor sends "
                + $"{string.Join(", ", present)}.");
        }

        if (description.Signal.Rate > 0 && sensor.Rate > 0 && Math.Abs(sensor.Rate / description.Signal.Rate - 1) > 0.05)
        {
            throw new DataException($"The model takes {description.Signal.Rate} samples a second, but the sensor sends {sensor.Rate}.");
        }

        this.network = network;
        pipeline = new FeaturePipeline(description);
        sample = new float[channels.Length];
        features = new float[network.Inputs];
        outputs = new float[network.Outputs];
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="values">All of the sensor's channels.</param>
    /// <param name="lostSoFar">Samples lost so far; no window spans one.</param>
    /// <returns>The answer, if a window is complete.</returns>
    internal JsonObject? Add(float[] values, long lostSoFar)
    {
        if (lostSoFar != lost)
        {
            lost = lostSoFar;
            pipeline.Reset();
        }

        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = values[channels[i]];
        }

        count++;
        if (!pipeline.Add(sample))
        {
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        pipeline.Compute(features);
        int answer = network.Predict(features, outputs);
        double micros = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return new JsonObject
        {
            ["label"] = network.Task == NetworkTask.Classification ? Trying.Answers.NameOf(network, answer) : null,
            ["outputs"] = new JsonArray([.. Trying.Answers.Values(network, outputs).Select(value => JsonValue.Create(value))]),
            ["microseconds"] = Math.Round(micros, 1),
            ["samples"] = count,
        };
    }
}
