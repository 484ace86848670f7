using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Core.Tests;

/// <summary>Small networks to test with.</summary>
internal static class Make
{
    /// <summary>A classifier with drawn weights, drawn normalization and named classes.</summary>
    internal static Network Classifier(int inputs, int hidden, int classes, Activation activation = Activation.Relu, int seed = 1)
    {
        Network network = new PlanBuilder(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
            .AddDense(hidden, activation)
            .AddDense(classes, Activation.Softmax)
            .WithNames([.. Enumerable.Range(0, classes).Select(i => "class " + i)])
            .ToNetwork();
        Fill(network, seed);
        return network;
    }

    /// <summary>A regression with drawn weights and scaling.</summary>
    internal static Network Regression(int inputs, int hidden, int outputs, Activation activation = Activation.Tanh, int seed = 1)
    {
        Network network = new PlanBuilder(inputs, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddDense(hidden, activation)
            .AddDense(outputs, Activation.Linear)
            .ToNetwork();
        Fill(network, seed);
        for (int i = 0; i < outputs; i++)
        {
            network.Scaling.SetOutput(i, 10f * i, 1f + i);
        }

        return network;
    }

    /// <summary>Iris' shape and names, as the trainer writes them.</summary>
    internal static Network Iris() => Classifier(4, 16, 3).WithOutputNames("Iris-setosa", "Iris-versicolor", "Iris-virginica");

    internal static float[] Sample(int count, int seed, float limit = 2f)
    {
        SeededRandom random = new(seed);
        float[] sample = new float[count];
        for (int i = 0; i < count; i++)
        {
            sample[i] = random.NextSymmetric(limit);
        }

        return sample;
    }

    private static void Fill(Network network, int seed)
    {
        Initializers.Draw(network, seed);
        SeededRandom random = new(seed + 100);
        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.SetInput(i, random.NextSymmetric(1f), 0.5f + random.NextFloat());
        }

        for (int i = 0; i < network.LayerCount; i++)
        {
            for (int row = 0; row < network.GetLayer(i).Rows(); row++)
            {
                network.GetLayer(i).SetBias(row, random.NextSymmetric(0.5f));
            }
        }
    }
}
