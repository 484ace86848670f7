using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Planning;

namespace DeviceProgram
{
    /// <summary>Begins as a network of two inputs that has learned nothing yet.</summary>
    public static class Program
    {
        public static void Main()
        {
            Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(3, Activation.Softmax)
                .ToNetwork();
            Initializers.Draw(network, 1);
            float[] outputs = new float[network.Outputs];
            int answer = network.Predict(new float[] { 0.5f, -1f }, outputs);
            Console.WriteLine("class " + answer + " of " + network.Outputs);
        }
    }
}
