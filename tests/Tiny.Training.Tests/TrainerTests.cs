using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;
using Tiny.Training.Optimization;

namespace Tiny.Training.Tests;

public class TrainerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_blob_whatever_the_number_of_threads()
    {
        Dataset data = Rings(400);
        TrainingOptions options = new() { HiddenLayers = [700, 100], Epochs = 3, Batch = 128, Dropout = 0.2f, Threads = 1 };
        byte[] one = Blob(data, options);
        Assert.Equal(one, Blob(data, options));
        Assert.Equal(one, Blob(data, options with { Threads = 2 }));
        Assert.Equal(one, Blob(data, options with { Threads = 5 }));
        Assert.NotEqual(one, Blob(data, options with { Seed = 2 }));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Momentum)]
    [InlineData(OptimizerKind.ClassicalMomentum)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Adam)]
    public void Every_optimizer_learns_at_its_own_default_rate(OptimizerKind optimizer) =>
        Learns(new() { Optimizer = optimizer, HiddenLayers = [16], Epochs = 100 });

    [Theory]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.LeakyRelu)]
    [InlineData(Activation.Elu)]
    [InlineData(Activation.Swish)]
    [InlineData(Activation.Maxout)]
    public void Every_activation_learns_and_the_core_answers_like_the_trainer(Activation activation) =>
        Learns(new() { Activation = activation, HiddenLayers = [16], Epochs = 400 });

    [Theory]
    [InlineData(Loss.MeanSquaredError)]
    [InlineData(Loss.HalfSquaredError)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.MultiClassHinge)]
    public void Every_loss_learns_classes(Loss loss) => Learns(new() { Loss = loss, HiddenLayers = [16], Epochs = 100 });

    [Fact]
    public void Without_hidden_layers_the_model_is_linear()
    {
        Trainer trainer = new(Rings(100), [.. Enumerable.Range(0, 100)], new() { HiddenLayers = [], Epochs = 2 });
        Assert.Equal(3 * 2, trainer.ParameterCount);
    }

    [Fact]
    public void A_regression_is_scaled_back_by_the_blob()
    {
        SeededRandom random = new(5);
        float[] x = [.. Enumerable.Range(0, 300).Select(_ => random.NextSymmetric(10f))];
        float[] y = [.. x.Select(v => 1000f + 50f * MathF.Sin(v / 3f))];
        Dataset data = Dataset.ForRegression(x, DataColumns.Unnamed(1, false), y, "y");
        TrainingResult result = new Trainer(data, [.. Enumerable.Range(0, 240)], new() { HiddenLayers = [24], Epochs = 300 })
            .Run(new MemoryRows(data, [.. Enumerable.Range(240, 60)]));
        Assert.InRange(result.Test!.Errors!.Rmse, 0, 5);
        Assert.InRange(result.Test.Errors.R2, 0.95, 1);
        Network network = BlobExporter.ToNetwork(result.Model);
        EvaluationResult core = CoreEvaluation.Evaluate(network, data, [.. Enumerable.Range(240, 60)]);
        Assert.Equal(result.Test.Errors.Rmse, core.Errors!.Rmse, 0.01);
        Assert.Equal("y", network.GetOutputName(0));
    }

    [Fact]
    public void L2_makes_weights_smaller()
    {
        double Norm(float l2)
        {
            TrainingResult result = new Trainer(Rings(200), [.. Enumerable.Range(0, 200)], new() { L2 = l2, Epochs = 100 }).Run();
            return result.Model.Network.Parameters.Sum(w => (double)w * w);
        }

        Assert.True(Norm(0.05f) < 0.5 * Norm(0f));
    }

    [Fact]
    public void Patience_stops_early_and_goes_back_to_the_best()
    {
        // Labels drawn at random: nothing is to be learned, and the held-back loss soon rises.
        SeededRandom random = new(2);
        int[] classes = [.. Enumerable.Range(0, 200).Select(_ => random.NextInt(2))];
        Dataset data = Dataset.ForClassification(Rings(200).Inputs, DataColumns.Unnamed(2, false), classes, ["a", "b"]);
        List<double> heldBack = [];
        Trainer trainer = new(data, [.. Enumerable.Range(0, 200)],
            new() { Patience = 5, Epochs = 500, HiddenLayers = [64], LearningRate = 0.02f });
        TrainingResult result = trainer.Run(trainer.HeldBack, progress => heldBack.Add(progress.HeldBackLoss!.Value));
        Assert.InRange(result.Epochs, 6, 400);
        Assert.Equal(heldBack.Count - 6, heldBack.IndexOf(heldBack.Min()));
        Assert.Equal(heldBack.Min(), result.Test!.Loss!.Value, 1e-9);
        Assert.Equal(20, trainer.HeldBackRows);
        Assert.Equal(180, trainer.LearningRows);
    }

    [Fact]
    public void Steps_that_are_too_long_are_reported_not_exported()
    {
        Dataset data = Dataset.ForRegression(
            Rings(100).Inputs, DataColumns.Unnamed(2, false), [.. Enumerable.Range(0, 100).Select(i => (float)i)], "y");
        Trainer trainer = new(data, [.. Enumerable.Range(0, 100)],
            new() { Optimizer = OptimizerKind.Sgd, LearningRate = 1000f, Activation = Activation.Linear });
        string message = Assert.Throws<DataException>(() => trainer.Run()).Message;
        Assert.Contains("Lower --lr (now 1000) or --l2", message);
        Assert.DoesNotContain("after step 0", message);
    }

    [Fact]
    public void Training_rows_of_one_class_are_refused()
    {
        Dataset data = Rings(100);
        int[] rows = [.. Enumerable.Range(0, 100).Where(row => data.Classes[row] == 1)];
        Assert.Contains("one class, \"outer\"", Assert.Throws<DataException>(() => new Trainer(data, rows, new())).Message);
        Assert.Throws<DataException>(() => new Trainer(data, [3], new()));
    }

    [Fact]
    public void Labels_that_no_model_could_hold_are_refused_before_training()
    {
        Dataset many = Dataset.ForClassification(new float[9000], DataColumns.Unnamed(1, false), [.. Enumerable.Range(0, 9000)],
            [.. Enumerable.Range(0, 9000).Select(i => "row number " + i)]);
        Assert.Contains("9000 classes", Assert.Throws<DataException>(() => new Trainer(many, [0, 1, 2], new())).Message);
        Dataset wide = Dataset.ForClassification([1f, 2f], DataColumns.Unnamed(1, false), [0, 1], ["a", new string('b', 300)]);
        Assert.Contains("longer than the 255 bytes", Assert.Throws<DataException>(() => new Trainer(wide, [0, 1], new())).Message);
    }

    [Fact]
    public void Canceling_stops_between_batches()
    {
        using CancellationTokenSource source = new();
        Trainer trainer = new(Rings(100), [.. Enumerable.Range(0, 100)], new() { Epochs = 1000 });
        int epochs = 0;
        Assert.Throws<OperationCanceledException>(() => trainer.Run(progress: _ =>
        {
            if (++epochs == 3)
            {
                source.Cancel();
            }
        }, cancel: source.Token));
        Assert.Equal(3, epochs);
    }

    [Fact]
    public void Epochs_follow_the_size_of_the_data()
    {
        TrainingOptions options = new();
        Assert.Equal(10, options.EpochsFor(60_000));
        Assert.Equal(1000, options.EpochsFor(120));
        Assert.Equal(44, options.EpochsFor(7_193));
        Assert.Equal(7, (options with { Epochs = 7 }).EpochsFor(120));
    }

    private static void Learns(TrainingOptions options)
    {
        Dataset data = Rings(400);
        int[] test = [.. Enumerable.Range(300, 100)];
        TrainingResult result = new Trainer(data, [.. Enumerable.Range(0, 300)], options).Run(new MemoryRows(data, test));
        Assert.InRange(result.Test!.Confusion!.Accuracy, 0.93, 1);
        EvaluationResult core = CoreEvaluation.Evaluate(Network.FromBlob(BlobExporter.ToBlob(result.Model)), data, test);
        Assert.InRange(core.Confusion!.Accuracy, result.Test.Confusion.Accuracy - 0.011, result.Test.Confusion.Accuracy + 0.011);
    }

    private static byte[] Blob(Dataset data, TrainingOptions options) =>
        BlobExporter.ToBlob(new Trainer(data, [.. Enumerable.Range(0, data.Rows)], options).Run().Model);

    /// <summary>Points of an inner disc and of a ring around it: no line tells them apart.</summary>
    private static Dataset Rings(int rows)
    {
        SeededRandom random = new(1);
        float[] inputs = new float[2 * rows];
        int[] classes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            classes[row] = row % 2;
            float radius = classes[row] == 0 ? random.NextFloat() : 1.3f + 0.7f * random.NextFloat();
            float angle = random.NextFloat() * 2 * MathF.PI;
            inputs[2 * row] = radius * MathF.Cos(angle);
            inputs[2 * row + 1] = radius * MathF.Sin(angle);
        }

        return Dataset.ForClassification(inputs, DataColumns.Unnamed(2, shareUnit: false), classes, ["inner", "outer"]);
    }
}
