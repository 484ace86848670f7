using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Learning;
using Tiny.Core.Losses;

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
            PredictionTrace trace = new PredictionTrace(network);
            byte[] bytes = new byte[4 * 6];
            for (int sample = 0; sample < Samples; sample++)
            {
                trace.Run(Sample(sample));
                for (int layer = 0; layer < 3; layer++)
                {
                    figures[3 * sample + layer] = Checksum(trace.GetOutputs(layer), network.GetLayer(layer).Outputs, bytes);
                }
            }

            SgdLearner learner = new SgdLearner(network);
            learner.LearningRate = 0.02f;
            learner.L2 = 0.001f;
            for (int step = 0; step < Steps; step++)
            {
                learner.Learn(Sample(step), step % Outputs);
            }

            byte[] blob = BlobWriter.ToArray(network);
            figures[3 * Samples] = Crc32.Compute(blob, 0, blob.Length);
            return figures;
        }

        private static Network Build(Activation hidden, Loss loss)
        {
            Activation output = loss == Loss.SoftmaxCrossEntropy ? Activation.Softmax
                : loss == Loss.BinaryCrossEntropy ? Activation.Sigmoid
                : Activation.Linear;
            Network network = new Network(new NetworkShape(Inputs, NetworkTask.Classification, loss)
                .AddLayer(6, hidden).AddLayer(5, hidden).AddLayer(Outputs, output), 0);
            network.Initialise(17);
            SeededRandom random = new SeededRandom(23);
            for (int i = 0; i < Inputs; i++)
            {
                network.Scaling.SetInput(i, random.NextSymmetric(1f), 0.5f + random.NextFloat());
            }

            return network;
        }

        private static float[] Sample(int seed)
        {
            return Models.Sample(Inputs, seed, 3f);
        }

        private static int Checksum(float[] values, int count, byte[] bytes)
        {
            for (int i = 0; i < count; i++)
            {
                FloatBits.Write(bytes, 4 * i, values[i]);
            }

            return Crc32.Compute(bytes, 0, 4 * count);
        }
    }
}
