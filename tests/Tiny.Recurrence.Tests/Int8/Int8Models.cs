using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Training.Data;
using Tiny.Training.Quantization;

namespace Tiny.Recurrence.Tests.Int8;

/// <summary>Drawn recurrent models, float32 and int8.</summary>
internal static class Int8Models
{
    /// <summary>A float model of recurrent layers, each over so many units, with three classes behind.</summary>
    internal static Network Float(int steps, int channels, int[] units, int flags = 0, int seed = 3, int kind = Gru.GruCode)
    {
        Planning.PlanBuilder plan = Plans.Over(steps, channels);
        for (int i = 0; i < units.Length; i++)
        {
            plan.AddRecurrent(kind, units[i], steps, flags | (i < units.Length - 1 ? RecurrentKind.GivesEvery : 0));
        }

        return plan.AddDense(3, Activation.Softmax).ToNetwork().Drawn(seed);
    }

    /// <summary>Its int8 blob, calibrated on drawn rows.</summary>
    internal static byte[] Int8(Network network, int keepFloat = 0)
    {
        Dataset data = Rows(network.Inputs, 30);
        return Quantizer.Quantize(network, data, [.. Enumerable.Range(0, data.Rows)], keepFloat);
    }

    internal static Dataset Rows(int inputs, int rows) =>
        Dataset.ForClassification(Plans.Draw(new(9), inputs * rows, 2f), DataColumns.Unnamed(inputs, shareUnit: false),
        [.. Enumerable.Range(0, rows).Select(i => i % 3)], ["a", "b", "c"]);

    /// <summary>The weights of a layer as the blob has them.</summary>
    internal static (int At, byte[] Section) SectionOf(byte[] blob, int layer)
    {
        BlobReader reader = new();
        reader.ThrowIf(reader.Open(blob, 0, blob.Length));
        reader.Rewind();
        for (int i = 0; i <= layer; i++)
        {
            reader.ThrowIf(reader.Next());
        }

        return (reader.WeightsAt, blob[reader.WeightsAt..(reader.WeightsAt + reader.WeightBytes)]);
    }
}
