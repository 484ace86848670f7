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

public class TrainingChecksTests
{
    [Theory]
    [InlineData(Loss.BinaryCrossEntropy, "binary-cross-entropy")]
    [InlineData(Loss.SoftmaxCrossEntropy, "softmax-cross-entropy")]
    [InlineData(Loss.MultiClassHinge, "hinge")]
    public void A_loss_for_classes_is_refused_with_values_before_anything_begins(Loss loss, string name)
    {
        SelectionException fault = Assert.Throws<SelectionException>(() => new Trainer(Line(20), All(20), new() { Loss = loss }));
        Assert.Equal($"--loss {name} is for classes, but height has values: take mse.", fault.Message);
    }

    [Fact]
    public void Every_loss_has_a_name_and_squared_errors_go_with_both_tasks()
    {
        Assert.Equal(Enum.GetValues<Loss>().Length, Enum.GetValues<Loss>().Select(LossChoice.NameOf).Distinct().Count());
        Assert.All(Enum.GetValues<Loss>(), loss => Assert.Null(LossChoice.Fault(loss, NetworkTask.Classification, "")));
        Assert.Null(LossChoice.Fault(Loss.MeanSquaredError, NetworkTask.Regression, ""));
        Assert.Null(LossChoice.Fault(Loss.HalfSquaredError, NetworkTask.Regression, ""));
    }

    [Fact]
    public void Sums_that_are_not_finite_before_the_first_step_are_not_blamed_on_the_rate()
    {
        // What is negative becomes nearly the least float, and the next layer sums several of them.
        TrainingOptions options = new() { HiddenLayers = [8, 8, 8], Activation = Activation.Elu, ActivationParameter = 3e38f };
        string message = Assert.Throws<DataException>(() => new Trainer(Line(20), All(20), options).Run()).Message;
        Assert.Contains("before the first step", message);
        Assert.Contains("a lower --lr does not help", message);
    }

    [Fact]
    public void A_last_step_that_is_too_long_is_noticed_too()
    {
        // One epoch of one batch: the loss is taken before the only step.
        TrainingOptions options =
            new() { Epochs = 1, Batch = 1000, Optimizer = OptimizerKind.Sgd, LearningRate = 1e30f, HiddenLayers = [8, 8], L2 = 0 };
        string message = Assert.Throws<DataException>(() => new Trainer(Line(20), All(20), options).Run()).Message;
        Assert.Contains("diverged in epoch 1, after step 1:", message);
        Assert.Contains("Lower --lr (now 1E+30).", message);
    }

    [Theory]
    [InlineData(5.5f)]
    [InlineData(0.1f)]
    [InlineData(-20000001f)]
    public void A_target_that_never_changes_is_answered_exactly(float target)
    {
        Dataset line = Line(30);
        Dataset data = Dataset.ForRegression(line.Inputs, line.Columns, [.. Enumerable.Repeat(target, 30)], "height");
        using Trainer trainer = new(data, All(30), new() { Epochs = 20, Dropout = 0.1f });
        Assert.Equal(target, trainer.ConstantTarget);
        TrainingResult result = trainer.Run();
        Assert.Equal(0, result.Train.Errors!.Rmse);
        Assert.True(double.IsNaN(result.Train.Errors.R2));
        Network network = Network.FromBlob(BlobExporter.ToBlob(result.Model));
        float[] answer = new float[1];
        network.Predict([1e6f], answer);
        Assert.Equal(target, answer[0]);
        Assert.Equal(0, CoreEvaluation.Evaluate(network, data, All(30)).Errors!.Rmse);
    }

    [Fact]
    public void A_target_that_changes_is_no_constant_however_little_it_does()
    {
        Dataset line = Line(30);
        Dataset data = Dataset.ForRegression(
            line.Inputs, line.Columns, [.. Enumerable.Range(0, 30).Select(i => 20000000f + 4 * (i % 2))], "height");
        using Trainer trainer = new(data, All(30), new());
        Assert.Null(trainer.ConstantTarget);
    }

    [Fact]
    public void Statistics_are_of_the_learning_rows_alone()
    {
        Dataset data = Line(40);
        TrainingOptions options = new() { Patience = 3, Epochs = 1 };
        (RowSource learning, RowSource heldBack) = new MemoryRows(data, All(40)).HoldBack(0.1, options.Seed);
        using Trainer trainer = new(data, All(40), options);
        float mean = trainer.Run().Model.Inputs.Means[0];
        Assert.Equal((float)((MemoryRows)learning).Numbers.Average(row => (double)data.Row(row)[0]), mean);
        Assert.Equal(4, heldBack.Rows);
        Assert.NotEqual((float)data.Inputs.Average(value => (double)value), mean);
    }

    [Fact]
    public void A_held_back_row_far_beyond_those_learned_from_does_not_end_the_training_at_once()
    {
        Dataset line = Line(40);
        TrainingOptions options = new() { Patience = 3, Epochs = 30 };
        int far = ((MemoryRows)new MemoryRows(line, All(40)).HoldBack(0.1, options.Seed).HeldBack).Numbers[0];
        float Far(float value, int row) => row == far ? 3e38f : value * 1e-3f;
        Dataset data = Dataset.ForRegression([.. line.Inputs.Select(Far)], line.Columns, [.. line.Targets.Select(Far)], "height");
        using Trainer trainer = new(data, All(40), options);
        List<double> watched = [];
        TrainingResult result = trainer.Run(progress: epoch => watched.Add(epoch.HeldBackLoss!.Value));
        Assert.All(watched, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(result.Train.Errors!.R2 > 0, $"R2 is {result.Train.Errors.R2}.");
    }

    [Fact]
    public void What_the_trainer_has_held_back_is_let_go_of_and_nothing_else()
    {
        Dataset data = Line(40);
        WatchedRows rows = new(data, All(40));
        using (Trainer trainer = new(data.Schema, rows, new() { Patience = 3, Epochs = 1 }))
        {
            trainer.Run();
            Assert.Equal(0, rows.Parts.Sum(part => part.Disposed));
        }

        Assert.Equal([1, 1], rows.Parts.Select(part => part.Disposed));
        Assert.Equal(0, rows.Disposed);
        using (Trainer trainer = new(data.Schema, rows, new() { Epochs = 1 }))
        {
            trainer.Run();
        }

        Assert.Equal(0, rows.Disposed);
    }

    private static int[] All(int rows) => [.. Enumerable.Range(0, rows)];

    private static Dataset Line(int rows)
    {
        SeededRandom random = new(4);
        float[] x = [.. Enumerable.Range(0, rows).Select(_ => random.NextSymmetric(3f))];
        return Dataset.ForRegression(x, DataColumns.Unnamed(1, false), [.. x.Select(value => 2 * value + 1)], "height");
    }

    /// <summary>Rows in memory that count how often they are let go of, as their parts do.</summary>
    private sealed class WatchedRows(Dataset data, int[] rows) : RowSource
    {
        private readonly MemoryRows inner = new(data, rows);

        public List<WatchedRows> Parts { get; } = [];

        public int Disposed { get; private set; }

        public override long Rows => inner.Rows;

        public override void Begin(int? order) => inner.Begin(order);

        public override RowChunk? Next() => inner.Next();

        public override (RowSource Learning, RowSource HeldBack) HoldBack(double share, int seed)
        {
            (RowSource learning, RowSource heldBack) = inner.HoldBack(share, seed);
            Parts.AddRange(new[] { learning, heldBack }.Select(part => new WatchedRows(data, [.. ((MemoryRows)part).Numbers])));
            return (Parts[0], Parts[1]);
        }

        protected override void Dispose(bool disposing) => Disposed++;
    }
}
