using Tiny.Core.Activations;
using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>Two branches that meet: their sum, or their channels beside each other.</summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="first">One branch; null for the sample.</param>
/// <param name="second">The other.</param>
/// <param name="isSum">Whether they are added.</param>
internal sealed class JoinDraft(OnnxNode node, Draft? first, Draft? second, bool isSum) : Draft([first, second], node)
{
    /// <inheritdoc/>
    internal override bool TakesActivation => Function == Activation.Linear;

    /// <inheritdoc/>
    internal override LayerDescription Describe() => isSum
        ? new AddDescription(Function) { ActivationParameter = Parameter }
        : new ConcatDescription(Function) { ActivationParameter = Parameter };
}
