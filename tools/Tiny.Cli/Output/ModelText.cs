using System.Globalization;
using System.Text.Json;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Training.Kinds;
using Tiny.Training.Memory;

namespace Tiny.Cli.Output;

/// <summary>Describes a model in words.</summary>
internal static class ModelText
{
    /// <summary>Such as "4-16-3, relu, softmax".</summary>
    internal static string Shape(Network network)
    {
        IEnumerable<int> widths = Layers(network).Select(layer => layer.Outputs).Prepend(network.Inputs);
        IEnumerable<string> activations = Layers(network).Select(layer => Activation(network, layer)).Distinct();
        return $"{string.Join('-', widths)}, {string.Join(", ", activations)}";
    }

    /// <summary>The layers in order.</summary>
    internal static IEnumerable<Layer> Layers(Network network) => Enumerable.Range(0, network.LayerCount).Select(network.GetLayer);

    /// <summary>
    /// The activation of a layer with its parameter, if it has one: softmax of the last where the
    /// network ends in it, the kind's name where it has none.
    /// </summary>
    internal static string Activation(Network network, Layer layer)
    {
        DeskKind kind = DeskKinds.Of(layer);
        if (network.OutputFunction == Core.Activations.Activation.Softmax && layer == network.GetLayer(network.LayerCount - 1))
        {
            return "softmax";
        }

        return kind.ActivationOf(layer) is not Activation activation ? kind.Name
            : ActivationTraits.HasParameter(activation)
            ? $"{Words(activation.ToString())} {kind.ActivationParameterOf(layer).ToString(CultureInfo.InvariantCulture)}"
            : Words(activation.ToString());
    }

    /// <summary>How the weights are kept, in a word.</summary>
    internal static string Weights(Layer layer) => DeskKinds.Of(layer).Weights;

    /// <summary>Such as "3,384 bytes to learn"; int8 layers alone do not.</summary>
    internal static string RamToLearn(Network network) => network.CanLearn()
        ? $"{Format.Bytes(DeviceMemory.ToLearn(network))} to learn"
        : "all layers int8, none can learn";

    /// <summary>The task in a word.</summary>
    internal static string Task(NetworkTask task) => Words(task.ToString());

    /// <summary>The loss in words.</summary>
    internal static string Loss(Loss loss) => Words(loss.ToString());

    /// <summary>The classes' names, or those of a regression's outputs.</summary>
    internal static string[] OutputNames(Network network) =>
        [.. Enumerable.Range(0, network.Task == NetworkTask.Regression ? network.Outputs : network.ClassCount)
        .Select(network.GetOutputName)];

    /// <summary>SoftmaxCrossEntropy becomes softmax-cross-entropy.</summary>
    internal static string Kebab(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>SoftmaxCrossEntropy becomes softmax cross entropy.</summary>
    private static string Words(string name) =>
        string.Concat(name.Select(
        (c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
