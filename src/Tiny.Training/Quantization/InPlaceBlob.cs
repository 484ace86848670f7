using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Saving;
using Tiny.Training.Data;
using Tiny.Training.Evaluation;
using Tiny.Training.Kinds;
using Tiny.Training.Pruning;

namespace Tiny.Training.Quantization;

/// <summary>Puts int8 twins in the places of layers that have one: a node becomes one of another kind, with other weights.</summary>
internal static class InPlaceBlob
{
    /// <summary>How many of a model's first layers have a twin.</summary>
    internal static int Count(Network model, int most) =>
        Enumerable.Range(0, Math.Max(most, 0)).Count(i => DeskKinds.Of(model.GetLayer(i)).InPlace is not null);

    /// <summary>The blob of a model with twins in it.</summary>
    /// <param name="model">The float model.</param>
    /// <param name="made">The model as it is so far: of its first layers some may be int8
    /// already, those behind are the float model's.</param>
    /// <param name="data">Data to calibrate on.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="from">The first layer of the float model that may get a twin.</param>
    /// <param name="most">One behind the last.</param>
    internal static byte[] Of(Network model, Network made, Dataset data, int[] rows, int from, int most)
    {
        float[]?[] reach = Reach(model, data, rows, from, most);
        byte[] blob = BlobWriter.ToArray(made);
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        int nodeAt = BlobFormat.PlanAt + ((blob[BlobFormat.SectionsAt] & BlobFormat.HasShape) != 0 ? BlobFormat.ShapeBytes : 0)
            + reader.BufferCount * BlobFormat.BufferBytes;
        reader.Rewind();
        List<byte> weights = [];
        byte[] head = [];
        for (int node = 0; node < reader.NodeCount; node++)
        {
            reader.ThrowIf(reader.Next());
            head = node == 0 ? blob[..reader.WeightsAt] : head;
            int layer = node - (made.LayerCount - model.LayerCount);
            bool twin = layer >= from && reach[layer] is not null;
            InPlaceQuantizer? quantizer = twin ? DeskKinds.Of(model.GetLayer(layer)).InPlace : null;
            if (quantizer is not null)
            {
                head[nodeAt] = (byte)quantizer.Code;
                quantizer.Adapt(head.AsSpan(nodeAt + BlobFormat.NodeBytes, reader.AttributeBytes));
            }

            weights.AddRange(quantizer?.Section(model.GetLayer(layer), reach[layer]!)
                ?? blob[reader.WeightsAt..(reader.WeightsAt + reader.WeightBytes)]);
            nodeAt += BlobFormat.NodeBytes + reader.AttributeBytes;
        }

        return SparseBlob.Sealed([.. head, .. weights]);
    }

    /// <summary>
    /// (layers)(magnitudes) the largest that layers with a twin read, and have in them, in the float model; null for others.
    /// </summary>
    private static float[]?[] Reach(Network model, Dataset data, int[] rows, int from, int most)
    {
        IReadOnlyList<PlanNode> nodes = PlanNodes.Of(model);
        float[]?[] reach = [.. Enumerable.Range(0, model.LayerCount).Select(i =>
            i >= from && i < most && DeskKinds.Of(model.GetLayer(i)).InPlace is InPlaceQuantizer quantizer
            ? new float[quantizer.ReachOf(model.GetLayer(i))] : null)];
        PredictionTrace trace = new(model);
        float[] sample = new float[model.Inputs];
        float[] normalized = new float[model.Inputs];
        foreach (int row in rows)
        {
            data.Row(row).CopyTo(sample);
            trace.Run(sample);
            model.Scaling.Normalize(normalized, sample);
            for (int i = 0; i < reach.Length; i++)
            {
                if (reach[i] is float[] farthest)
                {
                    float[] read = nodes[i].Sources[0] < 0 ? normalized : trace.GetOutputs(nodes[i].Sources[0]);
                    DeskKinds.Of(model.GetLayer(i)).InPlace!.Calibrate(model.GetLayer(i), read, farthest);
                }
            }
        }

        return reach;
    }
}
