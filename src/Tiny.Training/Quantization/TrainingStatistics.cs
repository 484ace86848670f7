using Tiny.Core;

namespace Tiny.Training.Quantization;

/// <summary>What a float32 model knows of the inputs it was trained on: a mean and a deviation of each.</summary>
/// <param name="model">The model.</param>
internal sealed class TrainingStatistics(Network model)
{
    /// <summary>
    /// Whether all inputs share one mean and deviation, as those of one unit do: then nothing is known of each by itself.
    /// </summary>
    internal bool ArePooled { get; } = model.Inputs > 1 && Enumerable.Range(1, model.Inputs - 1).All(i =>
        model.Scaling.InputMeans[i] == model.Scaling.InputMeans[0] && model.Scaling.InputScales[i] == model.Scaling.InputScales[0]);

    /// <summary>
    /// Whether anything is known: a model that takes values as they are, mean 0 and deviation 1 for all,
    /// was not normalized by its training rows, as imported ones often are not.
    /// </summary>
    internal bool AreKnown { get; } = Enumerable.Range(0, model.Inputs)
        .Any(i => model.Scaling.InputMeans[i] != 0f || model.Scaling.InputScales[i] != 1f);

    /// <summary>Whether an input changed in training. One that did not is ignored by the model.</summary>
    internal bool Varied(int input) => model.Scaling.InputScales[input] > 0f;

    /// <summary>The mean of an input.</summary>
    internal double Mean(int input) => model.Scaling.InputMeans[input];

    /// <summary>The standard deviation of an input that varied.</summary>
    internal double Deviation(int input) => 1.0 / model.Scaling.InputScales[input];
}
