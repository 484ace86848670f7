using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Losses;
using Tiny.Desk;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Core.Tests;

public class NetworkTests
{
    public static TheoryData<Activation> HiddenActivations =>
        [Activation.Linear, Activation.Sigmoid, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Swish,
        Activation.Maxout];

    [Theory]
    [MemberData(nameof(HiddenActivations))]
    public void Predict_agrees_with_a_plain_computation_in_double(Activation activation)
    {
        foreach (Network network in new[] { Make.Classifier(6, 9, 4, activation), Make.Regression(6, 9, 2, activation) })
        {
            float[] outputs = new float[network.Outputs];
            for (int seed = 0; seed < 50; seed++)
            {
                float[] sample = Make.Sample(6, seed, 4f);
                int answer = network.Predict(sample, outputs);
                double[] expected = PlainNetwork.Predict(network, sample);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.InRange(outputs[i], expected[i] - 2e-3, expected[i] + 2e-3);
                }

                Assert.Equal(network.Task == NetworkTask.Regression ? -1 : Array.IndexOf(outputs, outputs.Max()), answer);
            }
        }
    }

    [Theory]
    [MemberData(nameof(HiddenActivations))]
    public void Every_finite_input_gives_finite_outputs(Activation activation)
    {
        float[] extremes = [float.MaxValue, float.MinValue, 1e30f, -1e30f, float.Epsilon, -0f, 1e12f, 3.4e38f, 1e-40f];
        Network[] networks = [Make.Classifier(3, 8, 4, activation), Make.Regression(3, 8, 2, activation)];
        networks[0].Scaling.SetInput(1, -3e38f, 0f);
        networks[1].Scaling.SetInput(1, -3e38f, 2f);
        foreach (Network network in networks)
        {
            float[] outputs = new float[network.Outputs];
            foreach (float a in extremes)
            {
                foreach (float b in extremes)
                {
                    network.Predict([a, b, -a], outputs);
                    Assert.All(outputs, value => Assert.True(float.IsFinite(value), $"{activation}: {a}, {b} gave {value}"));
                }
            }
        }
    }

    [Fact]
    public void Softmax_is_stable_for_sums_of_any_size()
    {
        Network network = new PlanBuilder(2, NetworkTask.Classification, Loss.SoftmaxCrossEntropy).AddDense(3, Activation.Softmax)
            .ToNetwork();
        network.GetLayer(0).SetWeight(0, 0, 3e25f);
        network.GetLayer(0).SetWeight(1, 1, -3e25f);
        float[] outputs = new float[3];
        Assert.Equal(0, network.Predict([1e12f, 1e12f], outputs));
        Assert.Equal([1f, 0f, 0f], outputs);
        Assert.Equal(1, network.Predict([-1e12f, -1e12f], outputs));
        Assert.Equal([0f, 1f, 0f], outputs);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Inputs_that_are_not_finite_are_refused_and_outputs_untouched(float bad)
    {
        Network network = Make.Iris();
        float[] outputs = [7f, 8f, 9f];
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => network.Predict([1f, 2f, bad, 4f], outputs));
        Assert.Contains("inputs[2]", thrown.Message);
        Assert.Equal([7f, 8f, 9f], outputs);
    }

    [Fact]
    public void Arrays_of_the_wrong_length_are_refused()
    {
        Network network = Make.Iris();
        Assert.Throws<ArgumentException>(() => network.Predict(new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => network.Predict(new float[5], new float[3]));
        Assert.Throws<ArgumentException>(() => network.Predict(new float[4], new float[2]));
        Assert.Throws<ArgumentNullException>(() => network.Predict(null, new float[3]));
        Assert.Throws<ArgumentNullException>(() => network.Predict(new float[4], null));
        network.Predict(new float[4], new float[10]);
    }

    [Fact]
    public void Weights_too_large_for_an_answer_are_reported_not_answered()
    {
        Network network = new PlanBuilder(1, NetworkTask.Regression, Loss.MeanSquaredError).AddDense(1, Activation.Linear).ToNetwork();
        network.GetLayer(0).SetWeight(0, 0, 3e38f);
        float[] outputs = [5f];
        Assert.Throws<InvalidOperationException>(() => network.Predict([1e6f], outputs));
        Assert.Equal([5f], outputs);
    }

    [Theory]
    [InlineData(0.49f, 0)]
    [InlineData(0.51f, 1)]
    public void One_sigmoid_output_tells_two_classes_apart(float probability, int expected)
    {
        Network network = new PlanBuilder(1, NetworkTask.Classification, Loss.BinaryCrossEntropy).AddDense(1, Activation.Sigmoid)
            .ToNetwork();
        network.GetLayer(0).SetBias(0, MathF.Log(probability / (1 - probability)));
        float[] outputs = new float[1];
        Assert.Equal(expected, network.Predict([3f], outputs));
        Assert.InRange(outputs[0], probability - 1e-4f, probability + 1e-4f);
        Assert.Equal(2, network.ClassCount);
    }

    [Fact]
    public void Plans_whose_parts_do_not_fit_are_refused()
    {
        PlanBuilder Begin(Loss loss = Loss.SoftmaxCrossEntropy, NetworkTask task = NetworkTask.Classification) => new(4, task, loss);
        (BlobError Error, PlanBuilder Plan)[] wrong =
        [
            (BlobError.LayerCountOutOfRange, Begin()),
            (BlobError.LossDoesNotFit, Begin().AddDense(3, Activation.Linear)),
            (BlobError.LossDoesNotFit, Begin(Loss.BinaryCrossEntropy).AddDense(3, Activation.Tanh)),
            (BlobError.LossDoesNotFit, Begin(Loss.MeanSquaredError).AddDense(3, Activation.Softmax)),
            (BlobError.LossDoesNotFit, Begin(Loss.MultiClassHinge).AddDense(1, Activation.Linear)),
            (BlobError.LossDoesNotFit, Begin(Loss.SoftmaxCrossEntropy, NetworkTask.Regression).AddDense(3, Activation.Softmax)),
            (BlobError.UnknownActivation, Begin().AddDense(3, (Activation)77).AddDense(3, Activation.Softmax)),
            (BlobError.UnknownActivation, Begin().AddDense(3, (Activation)(256 + (int)Activation.Relu)).AddDense(3, Activation.Softmax)),
            (BlobError.UnknownLoss, Begin((Loss)99).AddDense(3, Activation.Sigmoid)),
            (BlobError.UnknownTask, Begin(task: (NetworkTask)7).AddDense(3, Activation.Softmax)),
            (BlobError.ActivationParameterOutOfRange, Begin().AddDense(3, Activation.LeakyRelu, 2f).AddDense(3, Activation.Softmax)),
            (BlobError.ActivationParameterOutOfRange, Begin().AddDense(3, Activation.Elu, 0f).AddDense(3, Activation.Softmax)),
        ];
        Assert.All(wrong, one => Assert.Equal(one.Error, Assert.Throws<BlobException>(() => one.Plan.ToNetwork()).Error));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlanBuilder(0, NetworkTask.Regression, Loss.MeanSquaredError));
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin().AddDense(0, Activation.Softmax));
        Assert.Throws<ArgumentOutOfRangeException>(() => Begin().AddDense(1 << 30, Activation.Maxout));
        Assert.Throws<ArgumentException>(() => Begin().AddDense(3, Activation.LeakyRelu, float.NaN));
        Assert.Throws<InvalidOperationException>(() => Begin().AddDense(3, Activation.Softmax).AddDense(3, Activation.Softmax));
        PlanBuilder full = Begin();
        for (int i = 0; i < BlobFormat.MostNodes; i++)
        {
            full.AddDense(2, Activation.Tanh);
        }

        Assert.Throws<InvalidOperationException>(() => full.AddDense(2, Activation.Tanh));
    }

    [Fact]
    public void Layers_refuse_rows_inputs_and_values_they_do_not_have()
    {
        Network network = Make.Iris();
        Core.Layers.Layer layer = network.GetLayer(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.GetBias(16));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.GetWeight(0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => layer.SetWeight(-1, 0, 1f));
        Assert.Throws<ArgumentException>(() => layer.SetBias(0, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.GetLayer(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Scaling.SetInput(0, 0f, -1f));
    }

    [Fact]
    public void Predict_allocates_nothing()
    {
        Network[] networks = [Make.Classifier(4, 16, 3), Make.Classifier(10, 8, 4, Activation.Swish),
            Make.Regression(5, 6, 2, Activation.Elu)];
        foreach (Network network in networks)
        {
            float[] sample = Make.Sample(network.Inputs, 1);
            float[] outputs = new float[network.Outputs];
            network.Predict(sample, outputs);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
            {
                network.Predict(sample, outputs);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
