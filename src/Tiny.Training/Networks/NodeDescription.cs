using Tiny.Training.Layers;

namespace Tiny.Training.Networks;

/// <summary>A layer in its place in a network.</summary>
/// <param name="Layer">What the layer is to be.</param>
/// <param name="Inputs">The nodes before it that it reads, from 0; <see cref="Sample"/> for the network's inputs.</param>
/// <seealso cref="LayerDescription"/>
public sealed record NodeDescription(LayerDescription Layer, params IReadOnlyList<int> Inputs)
{
    /// <summary>In the place of a node: the network's inputs.</summary>
    public const int Sample = -1;

    /// <summary>Layers one behind the other.</summary>
    public static IReadOnlyList<NodeDescription> Chain(IEnumerable<LayerDescription> layers) =>
        [.. layers.Select((layer, i) => new NodeDescription(layer, i - 1))];
}
