using Tiny.Convolution;
using Tiny.Core.Activations;
using Tiny.Core.Layers;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of layers where two branches meet: the second buffer is their first attribute.</summary>
/// <param name="code">The kind's code.</param>
/// <param name="name">Its name.</param>
internal sealed class Merge(int code, string name) : DeskKind(code, name)
{
    /// <inheritdoc/>
    public override Activation? ActivationOf(Layer layer) => ((MergeLayer)layer).Activation;

    /// <inheritdoc/>
    public override float ActivationParameterOf(Layer layer) => ((MergeLayer)layer).ActivationParameter;

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => 0;

    /// <inheritdoc/>
    public override IReadOnlyList<int> BuffersOf(PlanNode node) => [node.Input, node.Attributes[0]];

    /// <inheritdoc/>
    public override byte[] Reading(byte[] attributes, IReadOnlyList<int> buffers) => [(byte)buffers[1], .. attributes[1..]];
}
