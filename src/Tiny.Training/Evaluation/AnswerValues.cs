using Tiny.Core;
using Tiny.Core.Activations;

namespace Tiny.Training.Evaluation;

/// <summary>What a network's outputs mean, one value for each name that it has.</summary>
/// <example>
/// <code>
/// network.Predict(features, outputs);
/// float[] values = [.. AnswerValues.Of(network, outputs)];   // one for each class
/// </code>
/// </example>
public static class AnswerValues
{
    /// <summary>
    /// Whether they are probabilities, which add up to 1: those of softmax, and the one sigmoid that tells
    /// two classes apart. Others, such as those of a hinge loss or of a sigmoid for each class, are scores:
    /// the greatest names the class, and no more can be read from them.
    /// </summary>
    public static bool AreProbabilities(Network network) => network.Task == NetworkTask.Classification
        && (network.OutputFunction == Activation.Softmax || network.Outputs == 1);

    /// <summary>The values; of a single output that tells two classes apart, also that of the other class.</summary>
    /// <param name="network">The network that gave them.</param>
    /// <param name="outputs">(outputs).</param>
    /// <returns>(names), or (outputs) of a regression.</returns>
    public static IEnumerable<float> Of(Network network, float[] outputs) =>
        network.ClassCount != 2 || network.Outputs != 1 ? outputs
        : AreProbabilities(network) ? [1f - outputs[0], outputs[0]]
        : [-outputs[0], outputs[0]];
}
