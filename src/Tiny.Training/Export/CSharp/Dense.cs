using Tiny.Core.Layers;
using Tiny.Sparse;

namespace Tiny.Training.Export.CSharp;

/// <summary>Dense and sparse float32 layers as source.</summary>
internal sealed class Dense : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer)
    {
        DenseRows rows = new(layer);
        return (long)(rows.Count + rows.Rows) * DensePart.BytesEach
            + (rows.IsSparse ? (long)rows.Read.Count * (rows.IsRaw ? DensePart.BytesOfLoad : DensePart.BytesOfInput) : 0);
    }

    /// <inheritdoc/>
    public override bool Joins(Layer layer, Layer next) => next is DenseLayer or SparseLayer;

    /// <inheritdoc/>
    public override bool NormalizesSample => true;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new DensePart(context);
}
