using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Core.Tests;

/// <summary>Small networks to test with.</summary>
internal static class Make
{
    /// <summary>A classifier with drawn weights, drawn normalisation and named classes.</summary>
    internal static Network Classifier(int inputs, int hidden, int classes, Activation activation = Activation.Relu, int seed = 1)
    {
        NetworkShape shape = new NetworkShape(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
            .AddLayer(hidden, activation)
            .AddLayer(classes, Activation.Softmax);
        Network network = new(shape);
        Fill(network, seed);
        network.SetOutputNames([.. Enumerable.Range(0, classes).Select(i => "class " + i)]);
        return network;
    }

    /// <summary>A regression with drawn weights and scaling.</summary>
    internal static Network Regression(int inputs, int hidden, int outputs, Activation activation = Activation.Tanh, int seed = 1)
    {
        NetworkShape shape = new NetworkShape(inputs, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddLayer(hidden, activation)
            .AddLayer(outputs, Activation.Linear);
        Network network = new(shape);
        Fill(network, seed);
        for (int i = 0; i < outputs; i++)
        {
            network.Scaling.SetOutput(i, 10f * i, 1f + i);
        }

        return network;
    }

    /// <summary>Iris' shape and names, as the trainer writes them.</summary>
    internal static Network Iris()
    {
        Network network = Classifier(4, 16, 3);
        network.SetOutputNames(["Iris-setosa", "Iris-versicolor", "Iris-virginica"]);
        return network;
    }

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
        network.Initialise(seed);
        SeededRandom random = new(seed + 100);
        for (int i = 0; i < network.Inputs; i++)
        {
            network.Scaling.SetInput(i, random.NextSymmetric(1f), 0.5f + random.NextFloat());
        }

        for (int i = 0; i < network.LayerCount; i++)
        {
            for (int row = 0; row < network.GetLayer(i).Rows; row++)
            {
                network.GetLayer(i).SetBias(row, random.NextSymmetric(0.5f));
            }
        }
    }
}
