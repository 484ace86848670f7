using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training;
using Tiny.Training.Data;
using Tiny.Training.Layers;
using Tiny.Training.Networks;
using Tiny.Training.Optimization;
using Tiny.Training.Pruning;

namespace Tiny.Sparse.Tests;

/// <summary>What training takes away, and that it stays away.</summary>
public sealed class PruningTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"tiny-{Guid.NewGuid():N}.checkpoint");

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.ClassicalMomentum)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Adam)]
    public void The_share_that_was_asked_for_is_exactly_0_whatever_the_optimizer_remembers(OptimizerKind optimizer)
    {
        TrainedModel model = Make.Train(Make.Options() with { Optimizer = optimizer, LearningRate = 0.01f, L2 = 0.01f });
        WeightGrid grid = model.Network.Layers[0].Grid!;
        float[] weights = [.. All(grid).Select(place => model.Network.Parameters[grid.IndexOf(place.Row, place.Input)])];
        Assert.Equal((int)Math.Round(weights.Length * 0.8), weights.Count(weight => BitConverter.SingleToInt32Bits(weight) == 0));
        Assert.All(All(model.Network.Layers[1].Grid!),
            place => Assert.NotEqual(0f, model.Network.Parameters[model.Network.Layers[1].Grid!.IndexOf(place.Row, place.Input)]));
    }

    [Fact]
    public void By_blocks_three_rows_of_a_first_layer_go_together_and_three_inputs_behind_it()
    {
        TrainedModel model = Make.Train(Make.Options(0.7f, 3) with { HiddenLayers = [21, 18] });
        float[] parameters = model.Network.Parameters;
        WeightGrid first = model.Network.Layers[0].Grid!;
        WeightGrid second = model.Network.Layers[1].Grid!;
        for (int row = 0; row < first.Rows; row += 3)
        {
            for (int input = 0; input < first.Inputs; input++)
            {
                Assert.Single(Enumerable.Range(row, 3).Select(lane => parameters[first.IndexOf(lane, input)] == 0f).Distinct());
            }
        }

        for (int row = 0; row < second.Rows; row++)
        {
            for (int input = 0; input < second.Inputs; input += 3)
            {
                Assert.Single(Enumerable.Range(input, 3).Select(lane => parameters[second.IndexOf(row, lane)] == 0f).Distinct());
            }
        }

        Assert.InRange(All(second).Count(place => parameters[second.IndexOf(place.Row, place.Input)] == 0f) / (double)second.Count, 0.69,
            0.71);
    }

    [Fact]
    public void The_same_options_give_the_same_bits_on_one_thread_and_on_three()
    {
        byte[] one = Make.Blob(Make.Train(Make.Options()));
        Assert.Equal(one, Make.Blob(Make.Train(Make.Options())));
        Assert.Equal(one, Make.Blob(Make.Train(Make.Options() with { Threads = 3 })));
    }

    [Fact]
    public void A_run_stopped_again_and_again_ends_with_the_same_blob()
    {
        TrainingOptions options = Make.Options() with { Patience = 4, Dropout = 0.1f, Epochs = 16 };
        byte[] whole = Make.Blob(Make.Train(options));
        Dataset data = Make.Data();
        byte[]? blob = null;
        int stops = 0;
        while (blob is null)
        {
            using CancellationTokenSource stop = new();
            int left = 2;
            try
            {
                Trainer trainer = new(data, [.. Enumerable.Range(0, data.Rows)], options);
                blob = Make.Blob(trainer.Run(
                    progress: _ => StopAt(ref left, stop), checkpoint: new Checkpoint(path), cancel: stop.Token).Model);
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        Assert.True(stops > 2, $"It was stopped {stops} times only.");
        Assert.Equal(whole, blob);
        Assert.NotEqual(whole, Make.Blob(Make.Train(options with { Pruning = options.Pruning! with { End = 0.8 } })));
    }

    [Theory]
    [InlineData(Activation.Tanh, Loss.SoftmaxCrossEntropy)]
    [InlineData(Activation.Sigmoid, Loss.MeanSquaredError)]
    public void Gradients_with_a_mask_equal_central_differences(Activation activation, Loss loss)
    {
        SeededRandom random = new(3);
        TrainingNetwork network = new(7, [new DenseDescription(6, activation),
            new DenseDescription(4, loss == Loss.MeanSquaredError ? Activation.Sigmoid : Activation.Linear)], loss);
        network.Initialize(random);
        network.Kept = [.. network.Parameters.Select(_ => random.NextFloat() < 0.6f ? 0 : -1)];
        for (int i = 0; i < network.Parameters.Length; i++)
        {
            network.Parameters[i] = network.Kept[i] == 0 ? 0f : network.Parameters[i];
        }

        Batch batch = new(5, 7, 4);
        batch.Set([.. Enumerable.Range(0, 35).Select(_ => random.NextSymmetric(1f))],
            [.. Enumerable.Range(0, 20).Select(i => i % 4 == i / 4 % 4 ? 1f : 0f)]);
        using Backpropagation backpropagation = new(network, 5, 1);
        backpropagation.Forward(batch);
        backpropagation.Backward();
        float[] gradients = [.. backpropagation.Gradients];
        int checkedOnes = 0;
        foreach (TrainingLayer layer in network.Layers)
        {
            foreach ((int row, int input) in All(layer.Grid!))
            {
                int at = layer.Grid!.IndexOf(row, input);
                if (network.Kept[at] == 0)
                {
                    Assert.Equal(0f, gradients[at]);
                    continue;
                }

                double expected = (LossAt(at, 1e-2f) - LossAt(at, -1e-2f)) / 2e-2 / 5;
                Assert.InRange(gradients[at], expected - 2e-3, expected + 2e-3);
                checkedOnes += Math.Abs(gradients[at]) > 1e-3 ? 1 : 0;
            }
        }

        Assert.True(checkedOnes > 10, $"{checkedOnes} gradients were not nearly 0.");

        double LossAt(int at, float step)
        {
            float before = network.Parameters[at];
            network.Parameters[at] = before + step;
            backpropagation.Forward(batch);
            network.Parameters[at] = before;
            return backpropagation.SumOfLosses();
        }
    }

    [Fact]
    public void Small_last_layers_stay_whole_unless_they_are_named()
    {
        TrainingLayer[] layers = [.. TrainingNetwork.Create(
            Shape.Vector(100), NodeDescription.Chain([new DenseDescription(30, Activation.Relu), new DenseDescription(30, Activation.Relu),
                new DenseDescription(3, Activation.Linear)]))];
        Assert.Equal([0.9f, 0.9f, 0f], PruningPlan.SharesOf(layers, new PruningOptions([0.9f])));
        Assert.Equal([0.5f, 0f, 0.2f], PruningPlan.SharesOf(layers, new PruningOptions([0.5f, 0f, 0.2f])));
        Assert.Contains("2 layers",
            Assert.Throws<SelectionException>(() => PruningPlan.SharesOf(layers, new PruningOptions([0.5f, 0.5f]))).Message);
        Assert.Equal([0.9f], PruningPlan.SharesOf(layers[2..], new PruningOptions([0.9f])));
    }

    [Fact]
    public void A_convolution_loses_taps()
    {
        SeededRandom random = new(9);
        int[] labels = [.. Enumerable.Range(0, 120).Select(row => row % 2)];
        float[] inputs = [.. Enumerable.Range(0, 120 * 36)
            .Select(i => random.NextSymmetric(1f) + (labels[i / 36] == 1 && i % 6 == 2 ? 1.5f : 0f))];
        Dataset data = Dataset.ForClassification(
            inputs, DataColumns.Unnamed(36, false) with { Shape = new Shape(6, 6, 1) }, labels, ["a", "b"]);
        TrainingOptions options = new()
        {
            Layers = [new Conv2DDescription(6, new(3), Activation.Relu)],
            Epochs = 8,
            Threads = 1,
            Pruning = new PruningOptions([0.5f, 0f])
        };
        TrainedModel model = new Trainer(data, [.. Enumerable.Range(0, 120)], options).Run().Model;
        WeightGrid grid = model.Network.Layers[0].Grid!;
        Assert.Equal(27, All(grid).Count(place => model.Network.Parameters[grid.IndexOf(place.Row, place.Input)] == 0f));
        Network network = Network.FromBlob(Make.Blob(model));
        Assert.True(network.Predict(inputs[..36], new float[2]) is 0 or 1);
    }

    private static IEnumerable<(int Row, int Input)> All(WeightGrid grid) =>
        Enumerable.Range(0, grid.Rows).SelectMany(row => Enumerable.Range(0, grid.Inputs).Select(input => (row, input)));

    private static void StopAt(ref int left, CancellationTokenSource stop)
    {
        if (--left == 0)
        {
            stop.Cancel();
        }
    }
}
