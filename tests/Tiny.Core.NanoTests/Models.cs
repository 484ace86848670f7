using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
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

        /// <summary>
        /// The blob of Iris with another hidden activation, one without a parameter. The activation's code is written over that of ReLU: no network with the
        /// activation has been made for it.
        /// </summary>
        internal static byte[] IrisBlob(Activation activation)
        {
            const int HiddenActivationAt = 42;
            const int PayloadAt = 32;
            const int PayloadCrcAt = 24;
            const int HeaderCrcAt = 28;
            byte[] blob = BlobWriter.ToArray(Iris());
            blob[HiddenActivationAt] = (byte)activation;
            FloatBits.WriteInt32(blob, PayloadCrcAt, Crc32.Compute(blob, PayloadAt, blob.Length - PayloadAt));
            FloatBits.WriteInt32(blob, HeaderCrcAt, Crc32.Compute(blob, 0, HeaderCrcAt));
            return blob;
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
