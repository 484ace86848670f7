using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Learning;
using Tiny.Training.Export;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;

namespace Tiny.Training.Tests.Layers;

/// <summary>Convolutions, pools, branches and normalization in training, against plain loops in double.</summary>
[Collection("Networks of convolutions")] // a kind measures one node at a time
public class ConvolutionTests
{
    public static TheoryData<int> Sizes => [.. Enumerable.Range(0, Stacks.Odd.Length)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_of_a_convolution_equal_central_differences(int number) =>
    CheckOver(number, window => new Conv2DDescription(5, window, Activation.Tanh));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_of_a_depthwise_convolution_equal_central_differences(int number) =>
    CheckOver(number, window => new DepthwiseConv2DDescription(window, Activation.Tanh));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_through_max_pooling_equal_central_differences(int number) =>
    CheckOver(number, window => new MaxPoolingDescription(window));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_through_average_pooling_equal_central_differences(int number) =>
    CheckOver(number, window => new AveragePoolingDescription(window));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_through_the_global_average_equal_central_differences(int number) =>
    CheckOver(number, _ => new GlobalAverageDescription());

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_of_batch_normalization_equal_central_differences(int number) =>
        CheckOver(number, _ => new BatchNormalizationDescription(Activation.Tanh), Activation.Linear);

    [Fact]
    public void Gradients_of_branches_equal_central_differences()
    {
        foreach (LayerDescription joined in new LayerDescription[] { new AddDescription(Activation.Tanh),
            new ConcatDescription(Activation.Elu) })
        {
            Check(Stacks.Network(
                new Shape(4, 3, 2), 3,
                new NodeDescription(new Conv2DDescription(3, new(3), Activation.Tanh), NodeDescription.Sample),
                new NodeDescription(new Conv2DDescription(3, new(1), Activation.Linear), 0),
                new NodeDescription(new DepthwiseConv2DDescription(new(3), Activation.Tanh), 0),
                new NodeDescription(joined, 1, 2),
                new NodeDescription(new AddDescription(Activation.Linear), 3, 3),
                new NodeDescription(new DenseDescription(2, Activation.Linear), 4)));
        }
    }

    /// <summary>Who reads a dense layer alone takes its gradient on through the activation; of two readers nobody may.</summary>
    [Fact]
    public void Gradients_of_branches_behind_a_dense_layer_equal_central_differences() => Check(Stacks.Network(
        new Shape(5, 1, 1), 4,
        new NodeDescription(new DenseDescription(4, Activation.Tanh), NodeDescription.Sample),
        new NodeDescription(new DenseDescription(3, Activation.Tanh), 0),
        new NodeDescription(new DenseDescription(3, Activation.Linear), 0),
        new NodeDescription(new AddDescription(Activation.Tanh), 1, 2),
        new NodeDescription(new DenseDescription(2, Activation.Linear), 3)));

    [Fact]
    public void Worked_example_7_a_convolution_of_a_signal()
    {
        TrainingNetwork network = new(new Shape(5, 1, 1),
            [new NodeDescription(new Conv2DDescription(1, new(3) { IsValid = true }, Activation.Linear), NodeDescription.Sample)],
                Core.Losses.Loss.HalfSquaredError);
        Conv2D layer = (Conv2D)network.Layers[0];
        foreach ((int input, float weight) in new[] { (0, 1f), (1, 0f), (2, -1f) })
        {
            network.Parameters[layer.WeightIndex(0, input)] = weight;
        }

        using Backpropagation back = new(network, 1, 1);
        Batch batch = new(1, 5, 3);
        batch.Set([1, 2, 3, 4, 5], [-3, -4, -5]); // so that dz = 1, 2, 3
        back.Forward(batch);
        Assert.Equal([-2f, -2f, -2f], back.Output(0).ToArray());
        back.Backward();
        Assert.Equal([6d, 14d, 20d, 26d], Reference.ParametersOf(layer, back.Gradients));
    }

    [Fact]
    public void Worked_example_8_max_pooling_routes_its_gradient_to_the_first_of_the_largest()
    {
        // A convolution of one tap in front: its gradient is the pool's, times the inputs.
        TrainingNetwork network = new(
            new Shape(4, 1, 1),
            NodeDescription.Chain([new DepthwiseConv2DDescription(new(1), Activation.Linear),
                new MaxPoolingDescription(new(2) { StrideDown = 2 })]), Core.Losses.Loss.HalfSquaredError);
        network.Parameters[0] = 1f;
        using Backpropagation back = new(network, 1, 1);
        Batch batch = new(1, 4, 2);
        batch.Set([1, 3, 2, 2], [-2, -5]); // pooled 3 and 2, so dz = 5 and 7
        back.Forward(batch);
        Assert.Equal([3f, 2f], back.Output(0).ToArray());
        back.Backward();
        Assert.Equal([12d, 3 * 5 + 2 * 7], Reference.ParametersOf(network.Layers[0], back.Gradients));
    }

    [Fact]
    public void Two_hundred_random_stacks_agree_with_plain_loops_in_the_trainer_and_in_the_device_library()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            TrainingNetwork network = Stacks.Random(seed);
            double[][] x = Draw(seed, 3, network.Inputs);
            double[][] expected = new Reference(network).Run(x);
            using Backpropagation back = new(network, x.Length, 1);
            back.Forward(BatchOf(network, x, expected));
            Network device = PlanLayout.Of(network, NetworkTask.Regression).ToNetwork();
            for (int i = 0; i < network.Layers.Count; i++)
            {
                float[] parameters = [.. Reference.ParametersOf(network.Layers[i], network.Parameters).Select(value => (float)value)];
                if (parameters.Length > 0)
                {
                    device.GetLayer(i).SetParameters(parameters, 0, parameters.Length);
                }
            }

            float[] answer = new float[network.Outputs];
            for (int row = 0; row < x.Length; row++)
            {
                device.Predict([.. x[row].Select(value => (float)value)], answer);
                double unit = Math.Max(1e-2, expected[row].Max(Math.Abs));
                for (int i = 0; i < answer.Length; i++)
                {
                    Assert.True(Math.Abs(answer[i] - expected[row][i]) <= 1e-4 * unit,
                        $"stack {seed}, device: {answer[i]}, expected {expected[row][i]}");
                    Assert.True(Math.Abs(back.Output(row)[i] - expected[row][i]) <= 1e-4 * unit,
                        $"stack {seed}, trainer: {back.Output(row)[i]}, expected {expected[row][i]}");
                }
            }
        }
    }

    [Fact]
    public void Weights_after_some_steps_do_not_depend_on_the_number_of_threads()
    {
        float[][] weights = [.. new[] { 1, 2, 3, 5 }.Select(threads =>
        {
            TrainingNetwork network = Stacks.Network(new Shape(16, 16, 3), 5, NodeDescription.Chain(
            [
                new Conv2DDescription(9, new(5), Activation.Relu) { Dropout = 0.2f }, new MaxPoolingDescription(new(2) { StrideDown = 2 }),
                new Conv2DDescription(6, new(3), Activation.Linear),
                new BatchNormalizationDescription(Activation.Elu), new DepthwiseConv2DDescription(new(3), Activation.Tanh),
                new GlobalAverageDescription(), new DenseDescription(3, Activation.Linear),
            ]));
            using Backpropagation back = new(network, 70, threads);
            Optimizer optimizer = new(OptimizerKind.Adam, network.Parameters.Length, 1e-3f);
            SeededRandom random = new(2);
            for (int step = 0; step < 4; step++)
            {
                double[][] x = Draw(step, step == 3 ? 21 : 70, network.Inputs);
                back.Forward(BatchOf(network, x, Draw(step + 9, x.Length, 3), 70), random);
                optimizer.BeginStep(0.01f);
                back.Backward(optimizer);
            }

            return network.Parameters;
        })];
        Assert.All(weights[1..], other => Assert.Equal(weights[0], other));
        Assert.DoesNotContain(weights[0], value => !float.IsFinite(value));
    }

    [Fact]
    public void Normalization_is_folded_into_the_layer_before()
    {
        TrainingNetwork network = Stacks.Network(new Shape(6, 6, 2), 4, NodeDescription.Chain(
        [
            new Conv2DDescription(5, new(3), Activation.Linear), new BatchNormalizationDescription(Activation.Relu),
            new DepthwiseConv2DDescription(new(3), Activation.Linear),
            new BatchNormalizationDescription(Activation.LeakyRelu), new DenseDescription(3, Activation.Linear),
        ]));
        using Backpropagation back = new(network, 40, 1);
        SeededRandom random = new(1);
        Optimizer optimizer = new(OptimizerKind.Adam, network.Parameters.Length);
        for (int step = 0; step < 30; step++)
        {
            double[][] some = Draw(step, 40, network.Inputs);
            back.Forward(BatchOf(network, some, Draw(step + 99, 40, 3)), random);
            optimizer.BeginStep(0.01f);
            back.Backward(optimizer);
        }

        double[][] x = Draw(1234, 5, network.Inputs);
        back.Forward(BatchOf(network, x, Draw(1, 5, 3), 40));
        FoldedNetwork folded = FoldedNetwork.Of(network.Sample, network.Nodes);
        Network device = PlanLayout.Of(network.Sample, folded.Nodes, folded.Layers, NetworkTask.Regression, network.Loss).ToNetwork();
        Assert.Equal(3, device.LayerCount);
        for (int i = 0; i < 3; i++)
        {
            float[] parameters = folded.ParametersOf(network, i);
            device.GetLayer(i).SetParameters(parameters, 0, parameters.Length);
        }

        float[] answer = new float[3];
        for (int row = 0; row < 5; row++)
        {
            device.Predict([.. x[row].Select(value => (float)value)], answer);
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(back.Output(row)[i], answer[i], 1e-4f);
            }
        }
    }

    [Fact]
    public void Normalization_has_to_stand_behind_a_layer_that_can_take_it_up()
    {
        LayerDescription normalization = new BatchNormalizationDescription(Activation.Relu);
        foreach (LayerDescription[] layers in new LayerDescription[][]
            { [normalization, new DenseDescription(1, Activation.Linear)], [new MaxPoolingDescription(new(2)), normalization],
            [new Conv2DDescription(1, new(1), Activation.Relu), normalization] })
        {
            Assert.ThrowsAny<ArgumentException>(() => FoldedNetwork.Of(new Shape(4, 4, 1), NodeDescription.Chain(layers)));
        }
    }

    private static void CheckOver(int number, Func<WindowDescription, LayerDescription> layer, Activation below = Activation.Tanh)
    {
        (Shape input, WindowDescription window) = Stacks.Odd[number];
        Check(Stacks.Network(input, number + 1, NodeDescription.Chain(
            [new Conv2DDescription(input.Channels, new(1), below), layer(window), new DenseDescription(2, Activation.Linear)])));
    }

    /// <summary>All gradients against central differences of the loss in double.</summary>
    private static void Check(TrainingNetwork network)
    {
        const double Step = 1e-5;
        double[][] x = Draw(7, 19, network.Inputs);
        double[][] targets = Draw(8, 19, network.Outputs);
        using Backpropagation back = new(network, x.Length, 2);
        back.Forward(BatchOf(network, x, targets), new SeededRandom(1));
        back.Backward();
        Reference reference = new(network);
        int moved = 0;
        for (int node = 0; node < network.Layers.Count; node++)
        {
            double[] gradients = Reference.ParametersOf(network.Layers[node], back.Gradients);
            double[] parameters = reference.Parameters[node];
            int every = parameters.Length / 150 + 1;
            for (int i = 0; i < parameters.Length; i += every)
            {
                double value = parameters[i];
                parameters[i] = value + Step;
                double above = reference.Loss(x, targets);
                parameters[i] = value - Step;
                double below = reference.Loss(x, targets);
                parameters[i] = value;
                double expected = (above - below) / (2 * Step);
                Assert.True(Math.Abs(gradients[i] - expected) < 1e-4 + 1e-3 * Math.Abs(expected),
                    $"node {node}, parameter {i}: {gradients[i]}, expected {expected}");
                moved += Math.Abs(expected) > 1e-3 ? 1 : 0;
            }
        }

        Assert.True(moved > 0, "no gradient was above 0");
        CheckFilling(network, back.Gradients);
    }

    /// <summary>What only fills up gets no gradient: all that is not 0 is some parameter's.</summary>
    private static void CheckFilling(TrainingNetwork network, float[] gradients)
    {
        foreach (TrainingLayer layer in network.Layers)
        {
            int shown = Reference.ParametersOf(layer, gradients).Count(gradient => gradient != 0);
            Assert.Equal(shown, gradients.AsSpan(layer.ParametersAt, (int)layer.ParameterLength).ToArray()
                .Count(gradient => gradient != 0f));
        }
    }

    private static double[][] Draw(int seed, int rows, int values)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows)
            .Select(_ => Enumerable.Range(0, values).Select(_ => (double)(float)(random.NextDouble() * 2 - 1)).ToArray())];
    }

    private static Batch BatchOf(TrainingNetwork network, double[][] x, double[][] targets, int? capacity = null)
    {
        Batch batch = new(capacity ?? x.Length, network.Inputs, network.Outputs);
        batch.Set([.. x.SelectMany(row => row).Select(value => (float)value)],
            [.. targets.SelectMany(row => row).Select(value => (float)value)]);
        return batch;
    }
}
