using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Export;
using Tiny.Training.Pruning;

namespace Tiny.Sparse.Tests;

/// <summary>Data to learn, networks with many zeros, and what becomes of them.</summary>
internal static class Make
{
    internal const int Inputs = 60;

    internal const int Classes = 3;

    /// <summary>Three classes that differ in some of the inputs; the last ten inputs tell nothing.</summary>
    internal static Dataset Data(int rows = 300)
    {
        SeededRandom random = new(5);
        int[] labels = [.. Enumerable.Range(0, rows).Select(row => row % Classes)];
        float[] inputs = [.. Enumerable.Range(0, rows * Inputs)
            .Select(i => 20f + 6f * random.NextSymmetric(1f) + (i % Inputs % 7 == labels[i / Inputs] && i % Inputs < 50 ? 4f : 0f))];
        return Dataset.ForClassification(inputs, DataColumns.Unnamed(Inputs, false), labels, ["a", "b", "c"]);
    }

    internal static TrainingOptions Options(float share = 0.8f, int block = 1) =>
        new() { HiddenLayers = [20], Epochs = 12, Threads = 1, Pruning = share == 0 ? null : new PruningOptions([share], block) };

    internal static TrainedModel Train(TrainingOptions options)
    {
        Dataset data = Data();
        return new Trainer(data, [.. Enumerable.Range(0, data.Rows)], options).Run().Model;
    }

    /// <summary>A dense network of which a share of the weights is there, without normalization unless it is asked for.</summary>
    internal static Network Dense(
        int inputs, int rows, double density, Activation activation = Activation.Relu, bool normalizes = false, int seed = 1)
    {
        SeededRandom random = new(seed);
        PlanBuilder plan = new PlanBuilder(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(rows, activation)
            .AddDense(Classes, Activation.Softmax);
        plan.Normalization = [.. Enumerable.Range(0, inputs).SelectMany(i => normalizes ? new[] { 3f + i % 5, 0.25f } : new[] { 0f, 1f })];
        Network network = plan.ToNetwork();
        for (int layer = 0; layer < 2; layer++)
        {
            float[] parameters = new float[network.GetLayer(layer).ParameterCount];
            int each = 1 + network.GetLayer(layer).Inputs;
            for (int i = 0; i < parameters.Length; i++)
            {
                float value = random.NextSymmetric(1f);
                parameters[i] = layer == 0 && i % each != 0 && random.NextFloat() >= density ? 0f : value;
            }

            network.GetLayer(layer).SetParameters(parameters, 0, parameters.Length);
        }

        return network;
    }

    /// <summary>The sparse blob of a model that was trained.</summary>
    internal static byte[] Blob(TrainedModel model) => BlobExporter.ToBlob(model);

    internal static float[] Sample(int inputs, int seed, float scale = 2f)
    {
        SeededRandom random = new(1000 + seed);
        return [.. Enumerable.Range(0, inputs).Select(_ => scale * random.NextSymmetric(1f))];
    }

    internal static int[] Bits(IEnumerable<float> values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
