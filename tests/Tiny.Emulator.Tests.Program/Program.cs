using System;
using System.Threading;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;

/// <summary>Learns AND, prints what it predicts, and sleeps as a device's Main does at its end.</summary>
public static class Program
{
    public static void Main()
    {
        Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.BinaryCrossEntropy).AddDense(1, Activation.Sigmoid)
            .ToNetwork();
        SgdLearner learner = new SgdLearner(network);
        learner.LearningRate = 0.5f;
        float[] x = new float[2];
        for (int i = 0; i < 400; i++)
        {
            x[0] = i & 1;
            x[1] = (i >> 1) & 1;
            learner.Learn(x, (i & 3) == 3 ? 1 : 0);
        }

        float[] output = new float[1];
        for (int i = 0; i < 4; i++)
        {
            x[0] = i & 1;
            x[1] = (i >> 1) & 1;
            Console.WriteLine((i & 1) + " and " + ((i >> 1) & 1) + " is " + network.Predict(x, output));
        }

        Thread.Sleep(Timeout.Infinite);
        Console.WriteLine("never");
    }
}
