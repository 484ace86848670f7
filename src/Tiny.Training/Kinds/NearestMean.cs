using Tiny.Anomaly;
using Tiny.Core.Layers;
using Tiny.Desk;

namespace Tiny.Training.Kinds;

/// <summary>What the desk knows of layers that tell how far a sample is from the nearest mean.</summary>
internal sealed class NearestMean : DeskKind
{
    internal NearestMean()
        : base(Tiny.Anomaly.NearestMean.NearestMeanCode, "nearest mean")
    {
        Assembly = "Tiny.Anomaly";
        Source = new Export.CSharp.NearestMean();
    }

    /// <inheritdoc/>
    public override long MacsOf(Layer layer) => (long)layer.Inputs * ((NearestMeanLayer)layer).Count;

    /// <inheritdoc/>
    public override float[][] UnitsOf(Layer layer) => [.. layer.Parameters().Chunk(layer.Inputs).Skip(1)];
}
