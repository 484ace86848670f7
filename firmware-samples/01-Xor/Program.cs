using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;

namespace Xor
{
    /// <summary>Learns exclusive or on the device, from nothing but its four examples.</summary>
    public static class Program
    {
        private static readonly float[][] Inputs =
            { new float[] { 0, 0 }, new float[] { 0, 1 }, new float[] { 1, 0 }, new float[] { 1, 1 } };
        private static readonly int[] Answers = { 0, 1, 1, 0 };

        public static void Main()
        {
            Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.BinaryCrossEntropy)
                .AddDense(4, Activation.Tanh)
                .AddDense(1, Activation.Sigmoid)
                .ToNetwork();
            Initializers.Draw(network, seed: 1);
            SgdLearner learner = new SgdLearner(network);
            learner.LearningRate = 0.5f;

            for (int epoch = 1; epoch <= 300; epoch++)
            {
                float loss = 0f;
                for (int i = 0; i < Inputs.Length; i++)
                {
                    learner.Learn(Inputs[i], Answers[i]);
                    loss += learner.LastLoss;
                }

                if (epoch % 100 == 0)
                {
                    Console.WriteLine("epoch " + epoch + ": loss in thousandths " + (int)(250f * loss));
                }
            }

            float[] output = new float[1];
            for (int i = 0; i < Inputs.Length; i++)
            {
                int answer = network.Predict(Inputs[i], output);
                Console.WriteLine((int)Inputs[i][0] + " xor " + (int)Inputs[i][1] + " is " + answer);
            }
        }
    }
}
