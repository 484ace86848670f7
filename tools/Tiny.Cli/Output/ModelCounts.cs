using Tiny.Core;
using Tiny.Desk;
using Tiny.Training.Kinds;

namespace Tiny.Cli.Output;

/// <summary>Counts what a model holds and does.</summary>
internal static class ModelCounts
{
    /// <summary>Weights and biases that are not 0.</summary>
    internal static int Nonzero(Network network) =>
        ModelText.Layers(network).Sum(layer => layer.Parameters().Count(parameter => parameter != 0f));

    /// <summary>Multiply-adds of one prediction: one for each weight.</summary>
    internal static long Macs(Network network) => ModelText.Layers(network).Sum(layer => DeskKinds.Of(layer).MacsOf(layer));
}
