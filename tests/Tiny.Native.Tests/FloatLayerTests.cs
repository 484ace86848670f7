using Tiny.Convolution;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Native.Recurrence;
using Tiny.Planning;
using Tiny.Recurrence.Tests;
using Tiny.Saving;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>Float32 layers of native kernels predict and learn to the bits of managed ones.</summary>
public class FloatLayerTests
{
    private static readonly Activation[] Activations =
        [Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish, Activation.Maxout];

    [CompilerFact]
    public void A_network_of_every_size_predicts_and_learns_to_the_same_bits()
    {
        for (int n = 1; n <= 70; n++)
        {
            Check(() => Dense(n, 1 + n % 23, 2 + n % 4, Activations[n % Activations.Length]), n, 0f);
        }
    }

    [CompilerFact]
    public void Weight_decay_and_clipping_change_no_bit()
    {
        foreach (Activation activation in Activations)
        {
            Check(() => Dense(19, 21, 3, activation), (int)activation, 0.01f);
        }
    }

    [CompilerFact]
    public void A_convolution_over_native_filters_predicts_and_learns_to_the_same_bits()
    {
        byte[] window = [3, 3, 1, 1, 1, 1, 1, 1, 1, 1];
        Check(() => new PlanBuilder(6 * 5 * 3, NetworkTask.Classification, Loss.SoftmaxCrossEntropy) { Height = 6, Width = 5 }
            .AddBehind(Conv2D.Conv2DCode, 30 * 7, 30 * 7, [7, 0, .. window, (byte)Activation.Relu]).AddDense(3, Activation.Softmax).ToNetwork(), 5, 0f);
    }

    [CompilerFact]
    public void Recurrent_units_move_to_the_same_bits()
    {
        for (int units = 1; units <= 33; units++)
        {
            const int steps = 6;
            int channels = 1 + units % 4;
            Network managed = Managed(() => Plans.Over(steps, channels).AddGru(units, steps).AddDense(2, Activation.Softmax).ToNetwork()).Drawn(units);
            byte[] blob = BlobWriter.ToArray(managed);
            Network native = Network.FromBlob(blob);
            Assert.IsType<NativeGruLayer>(native.GetLayer(0));
            for (int seed = 0; seed < 4; seed++)
            {
                float[] sample = Draw(managed.Inputs, seed, seed == 3 ? 30f : 2f);
                Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
            }

            Assert.Equal(blob, BlobWriter.ToArray(native));
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

    private static void Check(Func<Network> make, int seed, float decay)
    {
        Network managed = Managed(() => Drawn(make, seed));
        Network native = Drawn(make, seed);
        SgdLearner one = Managed(() => new SgdLearner(managed) { LearningRate = 0.1f, L2 = decay, ClipNorm = decay * 100 });
        SgdLearner other = new(native) { LearningRate = 0.1f, L2 = decay, ClipNorm = decay * 100 };
        for (int step = 0; step < 12; step++)
        {
            float[] sample = Draw(managed.Inputs, seed + step, step == 11 ? 1e20f : 3f);
            Assert.Equal(Bits(Answer(managed, sample)), Bits(Answer(native, sample)));
            Assert.Equal(one.Learn(sample, step % managed.Outputs), other.Learn(sample, step % managed.Outputs));
            Assert.Equal(Bits(one.LastLoss), Bits(other.LastLoss));
        }

        Assert.Equal(BlobWriter.ToArray(managed), BlobWriter.ToArray(native));
    }

    private static Network Drawn(Func<Network> make, int seed)
    {
        Network network = make();
        Initializers.Draw(network, seed);
        return network;
    }
}
