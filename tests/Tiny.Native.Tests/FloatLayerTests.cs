using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Float32 layers of native kernels predict and learn to the bits of managed ones.</summary>
public class FloatLayerTests
{
    private static readonly Activation[] Activations =
    [
        Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish,
        Activation.Maxout,
    ];

    [CompilerFact]
    public void A_network_of_every_size_predicts_and_learns_to_the_same_bits()
    {
        for (int n = 1; n <= 70; n++)
        {
            Learned(() => Dense(n, 1 + n % 23, 2 + n % 4, Activations[n % Activations.Length]), n, 0f);
        }
    }

    [CompilerFact]
    public void Weight_decay_and_clipping_change_no_bit()
    {
        foreach (Activation activation in Activations)
        {
            Learned(() => Dense(19, 21, 3, activation), (int)activation, 0.01f);
        }
    }

    [CompilerFact]
    public void What_is_not_finite_is_refused_with_the_same_words()
    {
        foreach (int at in new[] { 0, 1, 5, 6 })
        {
            foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            {
                float[] sample = new float[7];
                sample[at] = bad;
                Network managed = Managed(() => Dense(7, 4, 3, Activation.Tanh));
                string said = Assert.Throws<ArgumentException>(() => Answer(managed, sample)).Message;
                Assert.Equal(said, Assert.Throws<ArgumentException>(() => Answer(Dense(7, 4, 3, Activation.Tanh), sample)).Message);
            }
        }
    }

    private static Network Dense(int inputs, int hidden, int classes, Activation activation)
    {
        Network network = new PlanBuilder(inputs, NetworkTask.Classification, Loss.SoftmaxCrossEntropy)
            .AddDense(hidden, activation).AddDense(hidden + 1, Activation.Relu).AddDense(classes, Activation.Softmax).ToNetwork();
        Initializers.Draw(network, inputs);
        for (int i = 0; i < inputs; i++)
        {
            network.Scaling.SetInput(i, 0.1f * i, 0.5f + i % 3);
        }

        return network;
    }
}
