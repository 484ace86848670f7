using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Core.NanoTests
{
    /// <summary>Small models to test with, the same on every board.</summary>
    internal static class Models
    {
        /// <summary>Iris' shape, 4-16-3, with drawn weights and named classes.</summary>
        internal static Network Iris()
        {
            NetworkShape shape = new NetworkShape(4, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
                .AddLayer(16, Activation.Relu)
                .AddLayer(3, Activation.Softmax);
            Network network = new Network(shape);
            network.Initialise(1);
            network.SetOutputNames(new string[] { "setosa", "versicolor", "virginica" });
            return network;
        }

        /// <summary>The same numbers for the same seed, in [-limit, limit).</summary>
        internal static float[] Sample(int count, int seed, float limit)
        {
            SeededRandom random = new SeededRandom(seed);
            float[] sample = new float[count];
            for (int i = 0; i < count; i++)
            {
                sample[i] = random.NextSymmetric(limit);
            }

            return sample;
        }
    }
}
