using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.NanoTests.Parity
{
    /// <summary>
    /// What desktop, emulator and board must agree on to the bit: for each hidden activation with each loss, the outputs of every layer for
    /// a few inputs, and the weights after 1,000 learning steps. Each is told as a CRC-32.
    /// </summary>
    public static class ParityCases
    {
        /// <summary>Hidden activations: all but softmax.</summary>
        public const int Activations = 8;

        /// <summary>Losses.</summary>
        public const int Losses = 5;

        /// <summary>Inputs whose layers are told.</summary>
        public const int Samples = 8;

        /// <summary>Figures of a case: each sample's three layers, then the weights.</summary>
        public const int Figures = 3 * Samples + 1;

        private const int Steps = 1000;
        private const int Inputs = 4;
        private const int Outputs = 3;

        /// <summary>The figures of one case.</summary>
        public static int[] Run(int activation, int loss)
        {
            // Softmax is 7 among the codes and not for hidden layers.
            Network network = Build((Activation)(activation < 7 ? activation : 8), (Loss)loss);
            int[] figures = new int[Figures];
            float[] outputs = new float[6];
            byte[] bytes = new byte[4 * 6];
            for (int sample = 0; sample < Samples; sample++)
            {
                for (int i = 0; i < 3; i++)
                {
                    Layer layer = network.GetLayer(i);
                    network.Run(Sample(sample), i + 1);
                    LayerUnpackers.CopyOutputs(layer, outputs);
                    if (i == 2 && network.OutputFunction == Activation.Softmax)
                    {
                        Softmax.Run(outputs, outputs, layer.Outputs);
                    }

                    figures[3 * sample + i] = Checksum(outputs, layer.Outputs, bytes, 0);
                }
            }

            SgdLearner learner = new SgdLearner(network);
            learner.LearningRate = 0.02f;
            learner.L2 = 0.001f;
            for (int step = 0; step < Steps; step++)
            {
                learner.Learn(Sample(step), step % Outputs);
            }

            float[] one = new float[1];
            int checksum = 0;
            for (int i = 0; i < network.LayerCount; i++)
            {
                Layer layer = network.GetLayer(i);
                for (int k = 0; k < layer.ParameterCount; k++)
                {
                    LayerUnpackers.CopyParameters(layer, one, k, 1);
                    checksum = Checksum(one, 1, bytes, checksum);
                }
            }

            figures[3 * Samples] = checksum;
            return figures;
        }

        private static Network Build(Activation hidden, Loss loss)
        {
            Activation output = loss == Loss.SoftmaxCrossEntropy ? Activation.Softmax
                : loss == Loss.BinaryCrossEntropy ? Activation.Sigmoid
                : Activation.Linear;
            Network network = new PlanBuilder(Inputs, NetworkTask.Classification, loss)
                .AddDense(6, hidden).AddDense(5, hidden).AddDense(Outputs, output).ToNetwork();
            Initializers.Draw(network, 17);
            SeededRandom random = new SeededRandom(23);
            for (int i = 0; i < Inputs; i++)
            {
                network.Scaling.InputMeans[i] = random.NextSymmetric(1f);
                network.Scaling.InputScales[i] = 0.5f + random.NextFloat();
            }

            return network;
        }

        private static float[] Sample(int seed)
        {
            return Models.Sample(Inputs, seed, 3f);
        }

        private static int Checksum(float[] values, int count, byte[] bytes, int before)
        {
            for (int i = 0; i < count; i++)
            {
                FloatBits.Write(bytes, 4 * i, values[i]);
            }

            return Crc32.Compute(before, bytes, 0, 4 * count);
        }
    }
}
