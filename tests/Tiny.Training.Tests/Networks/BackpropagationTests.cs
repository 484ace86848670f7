using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Training.Tests.Networks;

public class BackpropagationTests
{
    private const int Rows = 6;
    private const float Step = 5e-3f;

    public static TheoryData<Activation, Loss> HiddenCases()
    {
        TheoryData<Activation, Loss> cases = [];
        foreach (Activation activation in Enum.GetValues<Activation>().Where(a => a != Activation.Softmax))
        {
            foreach (Loss loss in Enum.GetValues<Loss>())
            {
                cases.Add(activation, loss);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(HiddenCases))]
    public void Gradients_equal_central_differences(Activation hidden, Loss loss)
    {
        Activation output = loss == Loss.BinaryCrossEntropy ? Activation.Sigmoid : Activation.Linear;
        Check([new DenseDescription(5, hidden), new DenseDescription(4, hidden), new DenseDescription(3, output)], loss);
    }

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Swish)]
    [InlineData(Activation.Maxout)]
    public void Every_activation_can_be_the_last_before_a_squared_loss(Activation output) =>
        Check([new DenseDescription(5, Activation.Tanh), new DenseDescription(3, output)], Loss.MeanSquaredError);

    [Fact]
    public void Dropout_gradients_equal_central_differences_of_the_same_mask() =>
        Check([new DenseDescription(12, Activation.Tanh) { Dropout = 0.5f }, new DenseDescription(3, Activation.Linear)],
        Loss.SoftmaxCrossEntropy, dropoutSeed: 9);

    /// <summary>
    /// Units deep in saturation and logits far apart: a multiply-add with a subnormal number takes many processors a hundred times as long,
    /// so gradients end at 0 before.
    /// </summary>
    [Theory]
    [InlineData(Activation.Sigmoid, Loss.HalfSquaredError)]
    [InlineData(Activation.Sigmoid, Loss.SoftmaxCrossEntropy)]
    [InlineData(Activation.Swish, Loss.HalfSquaredError)]
    [InlineData(Activation.Elu, Loss.SoftmaxCrossEntropy)]
    [InlineData(Activation.Relu, Loss.SoftmaxCrossEntropy)]
    public void No_gradient_on_sums_is_subnormal(Activation hidden, Loss loss)
    {
        const int Hidden = 64;
        TrainingNetwork network = new(1, [new DenseDescription(Hidden, hidden), new DenseDescription(Hidden, Activation.Linear)], loss);
        Dense first = (Dense)network.Layers[0];
        Dense last = (Dense)network.Layers[1];
        for (int unit = 0; unit < Hidden; unit++)
        {
            first.Weights(network.Parameters).Span[first.WeightIndex(0, unit)] = 2f * unit - 110f;
            last.Weights(network.Parameters).Span[last.WeightIndex(unit, unit)] = 1f;
        }

        Batch batch = new(1, 1, Hidden);
        batch.Set([1f], [1f, .. new float[Hidden - 1]]);
        using Backpropagation backpropagation = new(network, 1, threads: 1);
        backpropagation.Forward(batch);
        backpropagation.Backward();
        float[] ofSums = backpropagation.Gradients[..last.ParametersAt]; // the input being 1
        Assert.DoesNotContain(ofSums, float.IsSubnormal);
        Assert.Contains(ofSums, gradient => gradient != 0f);
    }

    [Theory]
    [InlineData(Activation.Linear, Loss.MeanSquaredError)]
    [InlineData(Activation.Sigmoid, Loss.HalfSquaredError)]
    [InlineData(Activation.Sigmoid, Loss.BinaryCrossEntropy)]
    [InlineData(Activation.Linear, Loss.SoftmaxCrossEntropy)]
    [InlineData(Activation.Linear, Loss.MultiClassHinge)]
    public void Weighted_rows_gradients_equal_central_differences_of_the_weighted_loss(Activation output, Loss loss) =>
        Check([new DenseDescription(5, Activation.Tanh), new DenseDescription(3, output)], loss, weights: [0.25f, 2f, 1f, 0f, 1.5f, 1.25f]);

    [Fact]
    public void A_row_of_weight_2_counts_as_two_rows_and_one_of_weight_0_as_none()
    {
        foreach (Loss loss in Enum.GetValues<Loss>())
        {
            TrainingNetwork network = new(
                1, [new DenseDescription(2, loss == Loss.BinaryCrossEntropy ? Activation.Sigmoid : Activation.Linear)], loss);
            network.Initialize(new SeededRandom(4));
            (double weighted, float[] ofWeighted) = LossAndGradients(network, [0.5f, -2f, 7f], [1f, 0f, 0f, 1f, 1f, 0f], [1f, 2f, 0f]);
            (double plain, float[] ofPlain) = LossAndGradients(network, [0.5f, -2f, -2f], [1f, 0f, 0f, 1f, 0f, 1f], null);
            Assert.Equal(plain, weighted, 1e-6);
            Assert.All(ofPlain.Zip(ofWeighted), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
            Assert.Contains(ofPlain, gradient => gradient != 0f);
        }
    }

    [Fact]
    public void Without_biases_they_get_no_gradient()
    {
        (TrainingNetwork network, Backpropagation back, Batch batch) =
            Prepare([new DenseDescription(4, Activation.Tanh) { HasBias = false }, new DenseDescription(3, Activation.Linear)],
            Loss.MeanSquaredError);
        using Backpropagation disposed = back;
        back.Forward(batch);
        back.Backward();
        Assert.All(((Dense)network.Layers[0]).Biases(back.Gradients).ToArray(), gradient => Assert.Equal(0f, gradient));
        Assert.Contains(((Dense)network.Layers[1]).Biases(back.Gradients).ToArray(), gradient => gradient != 0f);
    }

    [Fact]
    public void Dropout_keeps_the_expected_output()
    {
        TrainingNetwork network = new(1, [new DenseDescription(2000, Activation.Linear) { Dropout = 0.3f }], Loss.MeanSquaredError);
        ((Dense)network.Layers[0]).Biases(network.Parameters).Span.Fill(1f);
        using Backpropagation back = new(network, 1, 1);
        Batch batch = MakeBatch(network, [0f], new float[2000]);
        back.Forward(batch, new SeededRandom(1));
        float[] dropped = back.Output(0).ToArray();
        Assert.InRange(dropped.Count(value => value == 0f), 540, 660);
        Assert.InRange(dropped.Average(), 0.95f, 1.05f);
        back.Forward(batch);
        Assert.All(back.Output(0).ToArray(), value => Assert.Equal(1f, value));
    }

    [Fact]
    public void Losses_of_certain_and_wrong_answers_are_finite()
    {
        foreach ((Activation output, Loss loss) in new[] { (Activation.Linear, Loss.SoftmaxCrossEntropy),
            (Activation.Sigmoid, Loss.BinaryCrossEntropy) })
        {
            TrainingNetwork network = new(1, [new DenseDescription(2, output)], loss);
            ((Dense)network.Layers[0]).Weights(network.Parameters).Span[0] = 1e6f;
            using Backpropagation back = new(network, 1, 1);
            back.Forward(MakeBatch(network, [1f], [0f, 1f]));
            Assert.InRange(back.SumOfLosses(), 1e5, 1e7);
            back.Backward();
            Assert.All(back.Gradients, gradient => Assert.True(float.IsFinite(gradient)));
        }
    }

    [Theory]
    [InlineData(700, 100, 5, 5)]
    [InlineData(784, 32, 5, 1)]
    [InlineData(784, 32, 1, 1)]
    [InlineData(1000, 100, 64, 12)]
    public void Threads_are_as_many_as_the_largest_layer_is_worth(int inputs, int outputs, int threads, int expected)
    {
        using Backpropagation back = new(new TrainingNetwork(
            inputs, [new DenseDescription(outputs, Activation.Relu)], Loss.MeanSquaredError), inputs == 784 ? 32 : 128, threads);
        Assert.Equal(expected, back.Workers);
    }

    /// <summary>A narrow last block, odd numbers of blocks, and a layer whose inputs are too few to be shared out.</summary>
    [Fact]
    public void Weights_after_some_steps_do_not_depend_on_the_number_of_threads()
    {
        float[][] weights = [.. new[] { 1, 2, 3, 4 }.Select(threads =>
        {
            TrainingNetwork network = new(700, [new DenseDescription(100, Activation.Tanh), new DenseDescription(336, Activation.Maxout),
                new DenseDescription(3, Activation.Linear)], Loss.HalfSquaredError);
            SeededRandom random = new(5);
            network.Initialize(random);
            using Backpropagation back = new(network, 70, threads);
            Assert.Equal(threads, back.Workers);
            Optimizer optimizer = new(OptimizerKind.Adam, network.Parameters.Length);
            for (int step = 0; step < 5; step++)
            {
                int rows = step == 3 ? 66 : 70;
                Batch batch = new(70, network.Inputs, network.Outputs);
                batch.Set(Normal(random, rows * network.Inputs), Normal(random, rows * network.Outputs));
                back.Forward(batch);
                optimizer.BeginStep(0.01f);
                back.Backward(optimizer);
            }

            return network.Parameters;
        })];
        Assert.All(weights[1..], other => Assert.Equal(weights[0], other));
        Assert.DoesNotContain(weights[0], value => !float.IsFinite(value));
    }

    /// <summary>Worked example 5: 64 x 1000 x 100 x 10, sum of squared errors, full batch, rate 1e-4, no bias.</summary>
    [Fact]
    public void Worked_example_5_two_layers_by_full_batch_descent()
    {
        const int N = 64, D = 1000, H = 100, O = 10;
        TrainingNetwork network = new(D, [new DenseDescription(H, Activation.Sigmoid) { HasBias = false },
            new DenseDescription(O, Activation.Linear) { HasBias = false }], Loss.HalfSquaredError);
        SeededRandom random = new(1);
        float[] x = Normal(random, N * D);
        float[] t = Normal(random, N * O);
        foreach (Dense layer in network.Layers.Cast<Dense>())
        {
            for (int i = 0; i < layer.Inputs * layer.Rows; i++)
            {
                layer.Weights(network.Parameters).Span[layer.WeightIndex(i / layer.Rows, i % layer.Rows)] = Normal(random, 1)[0];
            }
        }

        using Backpropagation back = new(network, N, 2);
        Batch batch = MakeBatch(network, x, t);
        Optimizer optimizer = new(OptimizerKind.Sgd, network.Parameters.Length);
        double[] losses = new double[2000];
        for (int step = 0; step < losses.Length; step++)
        {
            back.Forward(batch);
            losses[step] = 2 * back.SumOfLosses();
            if (step == 0)
            {
                Assert.InRange(losses[0] / PlainLoss(network, x, t), 1 - 1e-5, 1 + 1e-5);
            }

            // The gradient is of half the mean; the example's is of the whole sum.
            optimizer.BeginStep(1e-4f * 2 * N);
            back.Backward(optimizer);
        }

        Assert.InRange(losses[^1], 0, losses[0] / 1000);
        Assert.True(losses[100] < losses[0] && losses[1000] < losses[100], "The loss falls all the way.");
    }

    private static (double Loss, float[] Gradients) LossAndGradients(TrainingNetwork network, float[] x, float[] t, float[]? weights)
    {
        using Backpropagation back = new(network, 3, 1);
        back.Forward(MakeBatch(network, x, t, weights));
        back.Backward();
        return (back.SumOfLosses(), [.. back.Gradients]);
    }

    private static void Check(LayerDescription[] layers, Loss loss, int? dropoutSeed = null, float[]? weights = null)
    {
        (TrainingNetwork network, Backpropagation back, Batch batch) = Prepare(layers, loss, weights);
        using Backpropagation disposed = back;
        SeededRandom? Mask() => dropoutSeed is int seed ? new SeededRandom(seed) : null;
        back.Forward(batch, Mask());
        back.Backward();
        float[] gradients = [.. back.Gradients];
        HashSet<int> real = [.. RealParameters(network)];
        Assert.All(Enumerable.Range(0, gradients.Length).Where(i => !real.Contains(i)), i => Assert.Equal(0f, gradients[i]));
        foreach (int i in real)
        {
            float kept = network.Parameters[i];
            double above = LossAt(kept + Step);
            double below = LossAt(kept - Step);
            network.Parameters[i] = kept;
            double numeric = (above - below) / ((double)(kept + Step) - (kept - Step));
            Assert.True(Math.Abs(numeric - gradients[i]) <= 1e-3 + 0.01 * Math.Abs(numeric),
                $"parameter {i}: {gradients[i]} against {numeric}");

            double LossAt(float value)
            {
                network.Parameters[i] = value;
                back.Forward(batch, Mask());
                return back.SumOfLosses() / Rows;
            }
        }

        Assert.True(gradients.Max(MathF.Abs) > 0.02f, "A gradient of nothing proves nothing.");
    }

    private static (TrainingNetwork Network, Backpropagation Back,
        Batch Batch) Prepare(LayerDescription[] layers, Loss loss, float[]? weights = null)
    {
        TrainingNetwork network = new(4, layers, loss);
        SeededRandom random = new(6);
        network.Initialize(random);
        foreach (int i in RealParameters(network))
        {
            network.Parameters[i] += random.NextSymmetric(0.2f);
        }

        float[] x = [.. Enumerable.Range(0, Rows * 4).Select(_ => random.NextSymmetric(1.5f))];
        float[] t = new float[Rows * network.Outputs];
        for (int row = 0; row < Rows; row++)
        {
            t[row * network.Outputs + row % network.Outputs] = 1f;
        }

        return (network, new Backpropagation(network, Rows, 1), MakeBatch(network, x, t, weights));
    }

    /// <summary>Weights and biases without what fills up the blocks.</summary>
    private static IEnumerable<int> RealParameters(TrainingNetwork network)
    {
        int at = 0;
        foreach (Dense layer in network.Layers.Cast<Dense>())
        {
            for (int i = 0; i < layer.Inputs * layer.Rows; i++)
            {
                yield return at + layer.WeightIndex(i / layer.Rows, i % layer.Rows);
            }

            at += layer.Weights(network.Parameters).Length;
            for (int i = 0; i < layer.Rows; i++)
            {
                yield return at + i;
            }

            at += layer.Biases(network.Parameters).Length;
        }
    }

    private static Batch MakeBatch(TrainingNetwork network, float[] x, float[] t, float[]? weights = null)
    {
        Batch batch = new(x.Length / network.Inputs, network.Inputs, network.Outputs) { Weights = weights };
        batch.Set(x, t);
        return batch;
    }

    private static float[] Normal(SeededRandom random, int count) =>
        [.. Enumerable.Range(0, count)
        .Select(_ => MathF.Sqrt(-2 * MathF.Log(1 - random.NextFloat())) * MathF.Cos(2 * MathF.PI * random.NextFloat()))];

    private static double PlainLoss(TrainingNetwork network, float[] x, float[] t)
    {
        Dense first = (Dense)network.Layers[0];
        Dense second = (Dense)network.Layers[1];
        float[] w1 = first.Weights(network.Parameters).ToArray();
        float[] w2 = second.Weights(network.Parameters).ToArray();
        double sum = 0;
        for (int n = 0; n < t.Length / second.Outputs; n++)
        {
            double[] a = new double[first.Outputs];
            for (int h = 0; h < a.Length; h++)
            {
                double z = 0;
                for (int d = 0; d < first.Inputs; d++)
                {
                    z += (double)x[n * first.Inputs + d] * w1[first.WeightIndex(d, h)];
                }

                a[h] = 1 / (1 + Math.Exp(-z));
            }

            for (int o = 0; o < second.Outputs; o++)
            {
                double z = a.Select((value, h) => value * w2[second.WeightIndex(h, o)]).Sum();
                sum += Math.Pow(z - t[n * second.Outputs + o], 2);
            }
        }

        return sum;
    }
}
