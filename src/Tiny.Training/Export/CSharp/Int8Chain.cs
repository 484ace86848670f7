using Tiny.Convolution.Int8;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Training.Export.CSharp;

/// <summary>
/// Int8 layers over bytes as source, with the int8 dense layers behind them: written together, as bytes pass between them.
/// </summary>
internal sealed class Int8Chain : LayerSource
{
    /// <inheritdoc/>
    public override long BytesOf(Layer layer) => (long)layer.ParameterCount * Int8ChainPart.BytesEach + 300;

    /// <inheritdoc/>
    public override bool Joins(Layer layer, Layer next) => next is ByteLayer or DigitDenseLayer;

    /// <inheritdoc/>
    public override SourcePart Create(SourceContext context) => new Int8ChainPart(context);
}
