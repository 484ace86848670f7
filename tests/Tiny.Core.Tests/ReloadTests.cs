using System.Reflection;
using System.Runtime.Loader;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests;

/// <summary>
/// A network takes any model within its capacity: what its constructor prepared for the first must serve every later one.
/// </summary>
public class ReloadTests
{
    private const int Inputs = 5;

    /// <summary>
    /// One network, and its learner, made for one activation, take models of every other activation and end, larger
    /// and smaller, by turns. Each answers and learns to the bit as in a network of its own.
    /// </summary>
    [Theory]
    [MemberData(nameof(NetworkTests.HiddenActivations), MemberType = typeof(NetworkTests))]
    public void Every_model_answers_and_learns_as_in_a_network_of_its_own(Activation madeFor)
    {
        Network network = new PlanBuilder(Inputs, NetworkTask.Regression, Loss.MeanSquaredError)
            .AddDense(16, madeFor).AddDense(12, madeFor).AddDense(8, Activation.Linear).ToNetwork(100);
        SgdLearner learner = new(network) { LearningRate = 0.05f, ClipNorm = 1f };
        int models = 0;
        foreach (byte[] blob in Models())
        {
            network.Load(blob);
            Network own = Network.FromBlob(blob);
            SgdLearner ownLearner = new(own) { LearningRate = 0.05f, ClipNorm = 1f };
            AssertSame(own, network);
            for (int seed = 0; seed < 5; seed++)
            {
                float[] sample = Make.Sample(Inputs, seed);
                float[] targets = [.. Enumerable.Range(0, own.Outputs).Select(i => i == seed % own.Outputs ? 1f : 0f)];
                Assert.Equal(ownLearner.Learn(sample, targets), learner.Learn(sample, targets));
                Assert.Equal(ownLearner.LastLoss, learner.LastLoss);
            }

            Assert.Equal(BlobWriter.ToArray(own), BlobWriter.ToArray(network));
            AssertSame(own, network);
            models++;
        }

        Assert.InRange(models, 30, 200);
    }

    /// <summary>
    /// The table is shared by a whole program, and other tests have made it here: only a core of its own shows who makes it first.
    /// </summary>
    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Swish)]
    public void The_first_model_of_a_program_that_needs_the_table_may_come_by_loading(Activation activation)
    {
        Network saved = Make.Classifier(4, 8, 3, activation);
        float[] sample = Make.Sample(4, 3);
        float[] expected = new float[3];
        int answer = saved.Predict(sample, expected);

        Assembly core = new AssemblyLoadContext("a core of its own").LoadFromAssemblyPath(typeof(Network).Assembly.Location);
        Type type = core.GetType(typeof(Network).FullName!)!;
        Assert.NotEqual(typeof(Network), type);
        object network = type.GetMethod("FromBlob")!.Invoke(null, [BlobWriter.ToArray(Make.Classifier(4, 8, 3))])!;
        byte[] blob = BlobWriter.ToArray(saved);
        object reader = Activator.CreateInstance(core.GetType(typeof(BlobReader).FullName!)!)!;
        Assert.Equal(0, (int)type.GetMethod("TryLoad")!.Invoke(network, [reader, blob, 0, blob.Length])!);
        float[] outputs = new float[3];
        Assert.Equal(answer, type.GetMethod("Predict")!.Invoke(network, [sample, outputs]));
        Assert.Equal(expected, outputs);
    }

    private static float[] OutputsOf(Network network, float[] sample, int layers)
    {
        network.Run(sample, layers);
        Layer last = network.GetLayer(layers - 1);
        float[] outputs = new float[last.Outputs];
        last.CopyOutputs(outputs);
        return outputs;
    }

    /// <summary>Blobs of one or two hidden layers with each activation, and of each end: softmax, sigmoids, hinge, regression.</summary>
    private static IEnumerable<byte[]> Models()
    {
        (NetworkTask Task, Loss Loss, Activation Output, int Outputs)[] ends =
        [
            (NetworkTask.Classification, Loss.SoftmaxCrossEntropy, Activation.Softmax, 7),
            (NetworkTask.Classification, Loss.BinaryCrossEntropy, Activation.Sigmoid, 1),
            (NetworkTask.Classification, Loss.MultiClassHinge, Activation.Tanh, 3),
            (NetworkTask.Regression, Loss.HalfSquaredError, Activation.Linear, 2),
            (NetworkTask.Regression, Loss.MeanSquaredError, Activation.Swish, 5),
        ];
        int seed = 0;
        foreach (Activation hidden in Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax))
        {
            foreach ((NetworkTask task, Loss loss, Activation output, int outputs) in ends)
            {
                seed++;
                PlanBuilder shape = new PlanBuilder(Inputs, task, loss).AddDense(3 + seed % 5, hidden);
                if (seed % 2 == 0)
                {
                    shape.AddDense(6 - seed % 3, hidden);
                }

                Network network = shape.AddDense(outputs, output).ToNetwork();
                Initializers.Draw(network, seed);
                yield return BlobWriter.ToArray(network);
            }
        }
    }

    private static void AssertSame(Network own, Network network)
    {
        float[] expected = new float[own.Outputs];
        float[] outputs = new float[own.Outputs];
        for (int seed = 10; seed < 15; seed++)
        {
            float[] sample = Make.Sample(Inputs, seed, 4f);
            Assert.Equal(own.Predict(sample, expected), network.Predict(sample, outputs));
            Assert.Equal(expected, outputs);
            for (int count = 1; count <= own.LayerCount; count++)
            {
                Assert.Equal(OutputsOf(own, sample, count), OutputsOf(network, sample, count));
            }
        }
    }
}
