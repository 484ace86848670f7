using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Sparse.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>Dense int8 layers as source: of levels, and of digits behind those.</summary>
internal sealed class Int8Dense : LayerSource
{
    private const int BytesOfInput = 35; // from floats, from bytes, and where a float is out of range

    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => ((Int8Layer)layer).Weights.Sum(array => (long)array.Length) * Int8DensePart.BytesEach
        + (layer is SparseLevelLayer sparse ? sparse.Index.UsedCount * BytesOfInput : 0);

    /// <inheritdoc/>
    public override bool Joins(Layer layer, Layer next) => next is DigitDenseLayer;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Int8DensePart(context);
}
