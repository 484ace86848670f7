using Tiny.Core.Activations;
using Tiny.Training.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Export;

/// <summary>A network as a device has it: batch normalization is no layer of its own any more, but part of the one before.</summary>
internal sealed class FoldedNetwork
{
    private readonly int[] sources;         // (nodes) the node in training
    private readonly int[] normalizations;  // (nodes) that of the normalization behind it; -1 for none

    private FoldedNetwork(Shape sample, IReadOnlyList<NodeDescription> nodes, int[] sources, int[] normalizations)
    {
        Nodes = nodes;
        Layers = TrainingNetwork.Create(sample, nodes);
        this.sources = sources;
        this.normalizations = normalizations;
    }

    /// <summary>The nodes that are left.</summary>
    internal IReadOnlyList<NodeDescription> Nodes { get; }

    /// <summary>(nodes) their layers.</summary>
    internal IReadOnlyList<TrainingLayer> Layers { get; }

    /// <summary>The network that a training network becomes.</summary>
    /// <exception cref="ArgumentException">A normalization has no layer before it that could take it up.</exception>
    internal static FoldedNetwork Of(Shape sample, IReadOnlyList<NodeDescription> nodes)
    {
        IReadOnlyList<TrainingLayer> layers = TrainingNetwork.Create(sample, nodes);
        List<NodeDescription> left = [];
        List<int> sources = [];
        List<int> normalizations = [];
        int[] becomes = new int[nodes.Count];
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Layer is BatchNormalizationDescription normalization)
            {
                int before = nodes[i].Inputs[0];
                if (before < 0 || nodes.Count(node => node.Inputs.Contains(before)) > 1 || normalizations[becomes[before]] >= 0
                    || layers[before].Activation != Activation.Linear)
                {
                    throw new ArgumentException("Batch normalization stands behind a layer of weights without an activation that nobody "
                        + "else reads.", nameof(nodes));
                }

                becomes[i] = becomes[before];
                normalizations[becomes[i]] = i;
                left[becomes[i]] = left[becomes[i]] with
                {
                    Layer = left[becomes[i]].Layer
                    .WithActivation(normalization.Activation, normalization.ActivationParameter)
                };
                continue;
            }

            becomes[i] = left.Count;
            left.Add(nodes[i] with { Inputs = [.. nodes[i].Inputs.Select(input => input < 0 ? input : becomes[input])] });
            sources.Add(i);
            normalizations.Add(-1);
        }

        return new FoldedNetwork(sample, left, [.. sources], [.. normalizations]);
    }

    /// <summary>The parameters of a node in the order of a blob.</summary>
    internal float[] ParametersOf(TrainingNetwork network, int node)
    {
        float[] parameters = new float[Layers[node].ParameterCount];
        network.Layers[sources[node]].CopyParameters(network.Parameters, parameters);
        if (normalizations[node] >= 0)
        {
            ((BatchNormalization)network.Layers[normalizations[node]]).Fold(network.Parameters, parameters);
        }

        return parameters;
    }
}
