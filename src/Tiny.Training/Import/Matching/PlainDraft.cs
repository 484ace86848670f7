using Tiny.Training.Import.Onnx;
using Tiny.Training.Layers;

namespace Tiny.Training.Import.Matching;

/// <summary>A layer without weights and without an activation: a pool, or the global average.</summary>
/// <param name="node">The node that it stands for.</param>
/// <param name="input">What it reads; null for the sample.</param>
/// <param name="description">What it is.</param>
internal sealed class PlainDraft(OnnxNode node, Draft? input, LayerDescription description) : Draft([input], node)
{
    /// <summary>Whether an activation that never falls can as well stand before it.</summary>
    internal bool IsMax => description is MaxPoolingDescription;

    /// <inheritdoc/>
    internal override LayerDescription Describe() => description;
}
