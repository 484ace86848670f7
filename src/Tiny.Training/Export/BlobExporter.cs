using System.Text;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Training.Networks;

namespace Tiny.Training.Export;

/// <summary>Turns a trained model into the device library's network, and that into a blob.</summary>
public static class BlobExporter
{
    /// <summary>The model as the device library's network.</summary>
    public static Network ToNetwork(TrainedModel model)
    {
        int nameBytes = model.OutputNames.Sum(name => 1 + Encoding.UTF8.GetByteCount(name));
        byte[] features = model.Features?.ToBytes() ?? [];
        Network network = new(model.Network.ToShape(model.Task), nameBytes + features.Length);
        network.SetOutputNames([.. model.OutputNames]);
        network.SetFeatures(features);
        network.ColumnsChecksum = model.ColumnsChecksum;
        for (int i = 0; i < model.Inputs.Means.Length; i++)
        {
            network.Scaling.SetInput(i, model.Inputs.Means[i], model.Inputs.Scales[i]);
        }

        for (int i = 0; model.Targets is not null && i < model.Targets.Means.Length; i++)
        {
            float scale = model.Targets.Scales[i];
            network.Scaling.SetOutput(i, model.Targets.Means[i], scale == 0f ? 1f : 1f / scale);
        }

        for (int i = 0; i < network.LayerCount; i++)
        {
            CopyWeights(network.GetLayer(i), model.Network.Layers[i], model.Network.Parameters);
        }

        return network;
    }

    /// <summary>The model as a blob.</summary>
    public static byte[] ToBlob(TrainedModel model) => BlobWriter.ToArray(ToNetwork(model));

    private static void CopyWeights(Layer layer, PerceptronLayer source, float[] parameters)
    {
        ReadOnlySpan<float> weights = source.Weights(parameters).Span;
        ReadOnlySpan<float> biases = source.Biases(parameters).Span;
        for (int row = 0; row < layer.Rows; row++)
        {
            layer.SetBias(row, biases[row]);
            for (int input = 0; input < layer.Inputs; input++)
            {
                layer.SetWeight(row, input, weights[source.WeightIndex(input, row)]);
            }
        }
    }
}
