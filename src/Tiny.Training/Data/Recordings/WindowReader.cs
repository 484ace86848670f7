using Tiny.Features;

namespace Tiny.Training.Data.Recordings;

/// <summary>
/// Gives the features of each window of recordings, a row a sample: computed by Tiny.Features, as the device will. No
/// window spans two recordings, two labels or a missing sample; a stream goes on where the label changes.
/// </summary>
/// <example>
/// <code>
/// WindowReader windows = new(source, FeatureDescription.Of(network));
/// while (windows.Next(features))
/// {
///     Console.WriteLine($"{windows.Label}: {network.Classify(features)}");
/// }
/// </code>
/// </example>
public sealed class WindowReader
{
    private readonly RecordingSource source;
    private readonly FeaturePipeline pipeline;
    private readonly float[] sample;
    private readonly bool isStream;

    /// <summary>Reads from recordings that were opened.</summary>
    /// <exception cref="ArgumentNullException">There is no description of features.</exception>
    /// <exception cref="FeatureException">The description does not hold together.</exception>
    public WindowReader(RecordingSource source, FeatureDescription features)
    {
        this.source = source;
        pipeline = new FeaturePipeline(features);
        sample = new float[features.Signal.Channels];
        isStream = features.Kinds == FeatureKinds.Stream;
    }

    /// <summary>Told of each sample as it is read, (channels): for looking at the raw signal.</summary>
    public Action<float[]>? OnSample { get; init; }

    /// <summary>Told when what came before is to be forgotten: a new recording, a missing sample, another label.</summary>
    public Action? OnBreak { get; init; }

    /// <summary>The recordings so far; the last is that of the window just given, which is its last one so far.</summary>
    public IReadOnlyList<RecordingSummary> Recordings => source.Recordings;

    /// <summary>The label of the window just given, "" without any.</summary>
    public string Label => source.Label;

    /// <summary>Whether what came before was forgotten between the window just given and the one before it.</summary>
    public bool Broke { get; private set; }

    /// <summary>Reads samples up to the end of the next window; of a stream, of the next block.</summary>
    /// <param name="features">(features). Receives them.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="DataException">A row cannot be used, a recording goes on after another,
    /// or a clock contradicts the rate.</exception>
    public bool Next(float[] features)
    {
        Broke = false;
        while (source.Read(sample))
        {
            if (isStream ? source.BreaksSignal : source.Breaks)
            {
                Broke = true;
                pipeline.Reset();
                OnBreak?.Invoke();
            }

            OnSample?.Invoke(sample);
            if (pipeline.Add(sample))
            {
                source.CheckRate();
                pipeline.Compute(features);
                source.Recordings[^1].Windows++;
                return true;
            }
        }

        return false;
    }
}
