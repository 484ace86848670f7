using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;
using Tiny.Saving;

namespace Tiny.Core.Tests.Learning;

public class SgdLearnerTests
{
    private static readonly float[][] XorInputs = [[0f, 0f], [0f, 1f], [1f, 0f], [1f, 1f]];
    private static readonly int[] XorClasses = [0, 1, 1, 0];

    [Theory]
    [InlineData(2, Activation.Tanh, 3)]
    [InlineData(3, Activation.Sigmoid, 2)]
    [InlineData(4, Activation.Relu, 2)]
    [InlineData(3, Activation.Maxout, 2)]
    public void Xor_is_learned(int hidden, Activation activation, int seed)
    {
        Network network = Xor(hidden, activation, seed);
        float[] outputs = new float[1];
        Assert.Equal(XorClasses, XorInputs.Select(x => network.Predict(x, outputs)));
    }

    [Fact]
    public void The_same_seed_learns_the_same_bits()
    {
        byte[] first = BlobWriter.ToArray(Xor(3, Activation.Tanh, seed: 1));
        byte[] again = BlobWriter.ToArray(Xor(3, Activation.Tanh, seed: 1));
        byte[] other = BlobWriter.ToArray(Xor(3, Activation.Tanh, seed: 2));
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        // From float + - * / alone, so the same on every machine. If a change of the core's arithmetic is meant, put the new value here.
        byte[] parameters = [.. Network.FromBlob(first).GetLayer(0).Parameters().Concat(Network.FromBlob(first).GetLayer(1).Parameters())
            .SelectMany(BitConverter.GetBytes)];
        Assert.Equal("AFFAEC69", Crc32.Compute(0, parameters, 0, parameters.Length).ToString("X8"));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        Network[] networks = [Make.Classifier(4, 16, 3), Make.Classifier(6, 5, 3, Activation.Swish),
            Make.Classifier(6, 5, 3, Activation.Maxout)];
        foreach (Network network in networks)
        {
            SgdLearner learner = new(network) { LearningRate = 0.001f, L2 = 0.01f };
            float[] sample = Make.Sample(network.Inputs, 1);
            learner.Learn(sample, 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
            {
                learner.Learn(sample, i % 3);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Frozen_layers_keep_their_bits_and_pass_gradients_on()
    {
        Network network = Make.Classifier(4, 6, 3);
        network.GetLayer(1).Frozen = true;
        float[] upper = Weights(network, 1);
        float[] lower = Weights(network, 0);
        new SgdLearner(network).Learn(Make.Sample(4, 1), 0);
        Assert.Equal(upper, Weights(network, 1));
        Assert.NotEqual(lower, Weights(network, 0));

        network.GetLayer(0).Frozen = true;
        network.GetLayer(1).Frozen = false;
        lower = Weights(network, 0);
        new SgdLearner(network).Learn(Make.Sample(4, 2), 0);
        Assert.Equal(lower, Weights(network, 0));
        Assert.NotEqual(upper, Weights(network, 1));
    }

    [Fact]
    public void L2_shrinks_weights_and_spares_biases()
    {
        Network network = new PlanBuilder(1, NetworkTask.Regression, Loss.HalfSquaredError).AddDense(1, Activation.Linear).ToNetwork();
        network.GetLayer(0).SetWeight(0, 0, 2f);
        network.GetLayer(0).SetBias(0, 1f);

        // x = 0 and the right target: the loss has no gradient, only the decay is left.
        new SgdLearner(network) { LearningRate = 0.5f, L2 = 0.1f }.Learn([0f], [1f]);
        Assert.Equal(2f * (1f - 0.5f * 0.1f), network.GetLayer(0).GetWeight(0, 0));
        Assert.Equal(1f, network.GetLayer(0).GetBias(0));
    }

    [Fact]
    public void A_step_that_diverges_leaves_every_bit_as_it_was()
    {
        Network network = Make.Regression(2, 3, 1, Activation.Linear);
        byte[] before = BlobWriter.ToArray(network);
        SgdLearner learner = new(network) { LearningRate = 1000f };
        Assert.Equal(LearningResult.Diverged, learner.Learn([3e38f, -3e38f], [1e30f]));
        Assert.Equal(before, BlobWriter.ToArray(network));
        Assert.Equal(LearningResult.Learned, new SgdLearner(network).Learn([0.1f, 0.2f], [1f]));
    }

    [Fact]
    public void However_wild_the_samples_the_weights_stay_finite()
    {
        Network network = Make.Regression(2, 4, 1, Activation.Relu);
        SgdLearner learner = new(network) { LearningRate = 1000f };
        int diverged = 0;
        float[] magnitudes = [1f, 1e5f, 1e12f, 1e20f, 3e38f];
        for (int i = 0; i < 2000; i++)
        {
            float m = magnitudes[i % magnitudes.Length];
            diverged += learner.Learn([m, -m], [i % 2 == 0 ? m : -m]) == LearningResult.Diverged ? 1 : 0;
        }

        Assert.InRange(diverged, 1, 1999);
        BlobWriter.ToArray(network); // would throw on a weight that is not finite
    }

    [Fact]
    public void Targets_of_a_regression_are_in_their_own_unit()
    {
        Network network = new PlanBuilder(1, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(1, Activation.Linear).ToNetwork();
        network.Scaling.SetOutput(0, 1000f, 50f);
        SgdLearner learner = new(network) { LearningRate = 0.1f };
        for (int i = 0; i < 500; i++)
        {
            float x = i % 5 / 2f - 1f;
            learner.Learn([x], [1100f + 20f * x]);
        }

        float[] output = new float[1];
        network.Predict([0.5f], output);
        Assert.InRange(output[0], 1109.9f, 1110.1f);
    }

    [Fact]
    public void Bad_samples_are_refused_and_change_nothing()
    {
        Network network = Make.Iris();
        SgdLearner learner = new(network);
        byte[] before = BlobWriter.ToArray(network);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Learn(new float[4], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.Learn(new float[4], -1));
        Assert.Throws<ArgumentException>(() => learner.Learn(new float[5], 1));
        Assert.Throws<ArgumentException>(() => learner.Learn([1f, float.NaN, 1f, 1f], 1));
        Assert.Throws<ArgumentException>(() => learner.Learn(new float[4], [1f, float.PositiveInfinity, 0f]));
        Assert.Throws<ArgumentException>(() => learner.Learn(new float[4], [1f]));
        Assert.Throws<InvalidOperationException>(() => new SgdLearner(Make.Regression(2, 2, 1)).Learn(new float[2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.LearningRate = -1f);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.LearningRate = float.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => learner.L2 = 2f);
        Assert.Equal(before, BlobWriter.ToArray(network));
    }

    [Fact]
    public void A_learner_goes_on_with_another_model_of_the_capacity()
    {
        Network network = Make.Classifier(6, 10, 5);
        SgdLearner learner = new(network) { LearningRate = 0.1f };
        learner.Learn(Make.Sample(6, 1), 4);
        network.Load(BlobWriter.ToArray(Make.Classifier(4, 7, 3, Activation.Tanh)));
        float[] sample = Make.Sample(4, 1);
        learner.Learn(sample, 2);
        float first = learner.LastLoss;
        for (int i = 0; i < 50; i++)
        {
            learner.Learn(sample, 2);
        }

        Assert.InRange(learner.LastLoss, 0f, first / 2);
    }

    /// <summary>Worked example 6: the shapes of the course, all sigmoid, learn a fixed mapping by the core's own steps.</summary>
    [Theory]
    [InlineData(new[] { 2, 2, 1 })]
    [InlineData(new[] { 2, 3, 4, 1 })]
    [InlineData(new[] { 2, 4, 5, 1 })]
    [InlineData(new[] { 3, 4, 4, 2 })]
    public void Sigmoid_networks_of_the_worked_shapes_learn(int[] widths)
    {
        PlanBuilder shape = new(widths[0], NetworkTask.Regression, Loss.HalfSquaredError);
        foreach (int width in widths[1..])
        {
            shape.AddDense(width, Activation.Sigmoid);
        }

        Network network = shape.ToNetwork();
        Initializers.Draw(network, 3);
        SgdLearner learner = new(network) { LearningRate = 0.5f };
        double Epoch()
        {
            double sum = 0;
            for (int i = 0; i < 8; i++)
            {
                float[] x = Make.Sample(widths[0], i, 1f);
                learner.Learn(x, [.. Enumerable.Range(0, widths[^1]).Select(j => x[j] > 0 ? 0.9f : 0.1f)]);
                sum += learner.LastLoss;
            }

            return sum;
        }

        double before = Epoch();
        for (int i = 0; i < 4000; i++)
        {
            Epoch();
        }

        Assert.InRange(Epoch(), 0, before / 20);
    }

    private static Network Xor(int hidden, Activation activation, int seed)
    {
        Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.BinaryCrossEntropy)
            .AddDense(hidden, activation).AddDense(1, Activation.Sigmoid).ToNetwork();
        Initializers.Draw(network, seed);
        SgdLearner learner = new(network) { LearningRate = 0.3f };
        for (int i = 0; i < 8000; i++)
        {
            learner.Learn(XorInputs[i % 4], XorClasses[i % 4]);
        }

        return network;
    }

    /// <summary>
    /// Inputs so large that they cancel to nothing in a sum are held like any other: no weight leaves the finite numbers.
    /// </summary>
    [Fact]
    public void Absurd_inputs_that_cancel_leave_weights_finite()
    {
        Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(2, Activation.Softmax)
            .ToNetwork();
        SgdLearner learner = new(network) { LearningRate = 1f };
        for (int i = 0; i < 2000; i++)
        {
            learner.Learn([3e38f, -3e38f], i % 2);
        }

        Assert.All(Weights(network, 0), weight => Assert.True(float.IsFinite(weight)));
    }

    private static float[] Weights(Network network, int layer) =>
        network.GetLayer(layer).Parameters();
}
