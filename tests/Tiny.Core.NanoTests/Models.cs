using Tiny.Core.Activations;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.NanoTests
{
    /// <summary>Small models to test with, the same on every board.</summary>
    internal static class Models
    {
        /// <summary>Iris' shape, 4-16-3, with drawn weights and named classes.</summary>
        internal static Network Iris()
        {
            return Iris(NamesOf("setosa", "versicolor", "virginica"));
        }

        /// <summary>The same with other names, as a blob has them.</summary>
        internal static Network Iris(byte[] names)
        {
            PlanBuilder plan = new PlanBuilder(4, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
                .AddDense(16, Activation.Relu)
                .AddDense(3, Activation.Softmax);
            plan.Names = names;
            Network network = plan.ToNetwork();
            Initializers.Draw(network, 1);
            return network;
        }

        /// <summary>
        /// The blob of Iris with another hidden activation, one without a parameter. The activation's code is
        /// written over that of ReLU: no network with the activation has been made for it.
        /// </summary>
        internal static byte[] IrisBlob(Activation activation)
        {
            const int HiddenActivationAt = 52;
            byte[] blob = BlobWriter.ToArray(Iris());
            blob[HiddenActivationAt] = (byte)activation;
            BlobWriter.Seal(blob, 0, blob.Length);
            return blob;
        }

        /// <summary>A weight of a dense layer; of input -1 the bias.</summary>
        internal static float Weight(Layer layer, int row, int input)
        {
            float[] value = new float[1];
            LayerUnpackers.CopyParameters(layer, value, row * (1 + layer.Inputs) + 1 + input, 1);
            return value[0];
        }

        /// <summary>Sets a weight of a dense layer; of input -1 the bias.</summary>
        internal static void SetWeight(Layer layer, int row, int input, float value)
        {
            layer.SetParameters(new float[] { value }, row * (1 + layer.Inputs) + 1 + input, 1);
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

        /// <summary>Names of plain letters as a blob has them.</summary>
        private static byte[] NamesOf(string first, string second, string third)
        {
            byte[] bytes = new byte[3 + first.Length + second.Length + third.Length];
            int at = 0;
            string[] names = new string[] { first, second, third };
            for (int i = 0; i < names.Length; i++)
            {
                bytes[at++] = (byte)names[i].Length;
                for (int k = 0; k < names[i].Length; k++)
                {
                    bytes[at++] = (byte)names[i][k];
                }
            }

            return bytes;
        }
    }
}
