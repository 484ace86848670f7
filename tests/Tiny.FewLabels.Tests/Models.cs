using Tiny.Core.Arithmetic;
using Tiny.Learning;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.FewLabels;

namespace Tiny.FewLabels.Tests;

/// <summary>Small models with class means, of clusters that are drawn.</summary>
internal static class Models
{
    /// <summary>A model of clusters about points that the seed draws.</summary>
    internal static byte[] OfClusters(int inputs, int hidden, int classes, int epochs = 20, int seed = 1)
    {
        SeededRandom random = new(seed);
        List<float> values = [];
        List<int> labels = [];
        for (int i = 0; i < 40 * classes; i++)
        {
            labels.Add(i % classes);
            values.AddRange(Sample(inputs, i % classes, random));
        }

        Dataset data = Dataset.ForClassification([.. values], DataColumns.Unnamed(inputs, shareUnit: false), [.. labels],
            [.. Enumerable.Range(0, classes).Select(i => $"c{i}")]);
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        using MemoryRows source = new(data, rows);
        int[] layers = hidden > 0 ? [hidden] : [];
        return ClassMeansRecord.AddTo(BlobExporter.ToBlob(
            new Trainer(data, rows, new() { HiddenLayers = layers, Epochs = epochs }).Run().Model), data.Schema, source);
    }

    /// <summary>A sample of a class: its own corner, and noise.</summary>
    internal static float[] Sample(int inputs, int label, SeededRandom random, float moved = 0f)
    {
        float[] sample = new float[inputs];
        for (int j = 0; j < inputs; j++)
        {
            sample[j] = ((label * 7 + j * 3) % 5 - 2) * 0.7f + random.NextSymmetric(0.8f) + moved;
        }

        return sample;
    }
}
