using Tiny.Core;

namespace Tiny.Training.Import;

/// <summary>What a model file does not say of itself.</summary>
/// <seealso cref="OnnxImporter"/>
public sealed record ImportOptions
{
    /// <summary>
    /// Names of the classes in the order of the outputs, two for one output; of a regression
    /// those of its outputs. Empty: those that the file has.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// What is taken off each input before the graph sees it: one number, one for each channel, or
    /// one for each input in the order of the model's rows. Empty: nothing.
    /// </summary>
    public IReadOnlyList<float> Means { get; init; } = [];

    /// <summary>What each input is divided by after that, above 0: as many numbers as with <see cref="Means"/>. Empty: nothing.</summary>
    public IReadOnlyList<float> Deviations { get; init; } = [];

    /// <summary>The name of the output, or of any value inside the graph, that the model is to give; null: the graph's only one.</summary>
    public string? Output { get; init; }

    /// <summary>What the outputs mean; null: what the graph's end says.</summary>
    public NetworkTask? Task { get; init; }
}
