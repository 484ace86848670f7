using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Desk;
using Tiny.Planning;
using Tiny.Saving;
using Tiny.Training.Memory;
using Tiny.Training.Pruning;

namespace Tiny.Training.Export;

/// <summary>Turns a trained model into the device library's network, and that into a blob.</summary>
/// <seealso cref="Tiny.Training.Trainer"/>
public static class BlobExporter
{
    /// <summary>The model as the device library's network.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">Batch normalization stands where it cannot be folded into the layer before it.</exception>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static Network ToNetwork(TrainedModel model)
    {
        FoldedNetwork folded = FoldedNetwork.Of(model.Network.Sample, model.Network.Nodes);
        PlanBuilder plan = PlanLayout.Of(model.Network.Sample, folded.Nodes, folded.Layers, model.Task, model.Network.Loss)
            .WithNames(model.OutputNames);
        plan.Features = model.Features?.ToBytes() ?? [];
        plan.ColumnsChecksum = model.ColumnsChecksum;
        plan.Normalization = [.. model.Inputs.Means.SelectMany((mean, i) => new[] { mean, model.Inputs.Scales[i] })];
        plan.OutputScaling = model.Targets is null
            ? null : [.. model.Targets.Means.SelectMany((mean, i) => new[] { mean, Back(model.Targets.Scales[i]) })];
        Network network = DeviceMemory.Reckon(plan).ToNetwork();
        for (int i = 0; i < network.LayerCount; i++)
        {
            Layer layer = network.GetLayer(i);
            float[] parameters = folded.ParametersOf(model.Network, i);
            if (parameters.Length > 0)
            {
                layer.SetParameters(parameters, 0, parameters.Length);
            }
        }

        return model.Network.Kept is null ? network : Network.FromBlob(SparseBlob.Of(network));

        static float Back(float scale) => scale == 0f ? 1f : 1f / scale;
    }

    /// <summary>The model as a blob.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The bytes of the blob.</returns>
    /// <exception cref="ArgumentException">Batch normalization stands where it cannot be folded into the layer before it.</exception>
    /// <exception cref="InvalidOperationException">The nodes, or the buffers they need at once, are more than a plan has.</exception>
    public static byte[] ToBlob(TrainedModel model) => BlobWriter.ToArray(ToNetwork(model));
}
