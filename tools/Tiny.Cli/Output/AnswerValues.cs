using Tiny.Core;
using Tiny.Core.Activations;

namespace Tiny.Cli.Output;

/// <summary>What a network's outputs mean, one value for each name that it has.</summary>
internal static class AnswerValues
{
    /// <summary>Whether they are probabilities: behind a softmax or sigmoid; else they are scores, of which the greatest wins, or values.</summary>
    internal static bool AreProbabilities(Network network) =>
        network.Task == NetworkTask.Classification && network.GetLayer(network.LayerCount - 1).Activation is Activation.Softmax or Activation.Sigmoid;

    /// <summary>The values; of a single output that tells two classes apart, also that of the other class.</summary>
    internal static IEnumerable<float> Of(Network network, float[] outputs) =>
        network.ClassCount != 2 || network.Outputs != 1 ? outputs
        : AreProbabilities(network) ? [1f - outputs[0], outputs[0]]
        : [-outputs[0], outputs[0]];
}
