using Tiny.Core.Losses;
using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Tests.Data;

namespace Tiny.Training.Tests;

public class ClassWeightsTests
{
    [Fact]
    public void Weights_are_inverse_to_the_classes_rows_and_one_on_average()
    {
        Dataset data = Dataset.ForClassification(new float[8], DataColumns.Unnamed(1, false), [0, 0, 0, 0, 0, 0, 2, 2], ["a", "b", "c"]);
        MemoryRows rows = new(data, [.. Enumerable.Range(0, 8)]);
        float[] weights = ClassWeights.For(ClassWeighting.Balanced, data.Schema, rows)!;
        Assert.Equal([8f / 2 / 6, 1f, 8f / 2 / 2], weights);
        Assert.Equal(8, data.Classes.Sum(index => weights[index]), 1e-6);
        Assert.Null(ClassWeights.For(ClassWeighting.None, data.Schema, rows));
    }

    [Fact]
    public void A_regression_has_no_classes_to_weigh()
    {
        Dataset data = Dataset.ForRegression([1f, 2f], DataColumns.Unnamed(1, false), [1.5f, 2.5f], "y");
        SelectionException fault =
            Assert.Throws<SelectionException>(() => new Trainer(data, [0, 1], new() { ClassWeighting = ClassWeighting.Balanced }));
        Assert.Contains("y has values", fault.Message);
    }

    [Theory]
    [InlineData(Loss.SoftmaxCrossEntropy)]
    [InlineData(Loss.BinaryCrossEntropy)]
    [InlineData(Loss.MeanSquaredError)]
    [InlineData(Loss.MultiClassHinge)]
    public void Balanced_weights_find_the_rare_class(Loss loss)
    {
        Dataset data = Rare(1200);
        ConfusionMatrix plain = Train(data, new() { Loss = loss, Epochs = 40 });
        ConfusionMatrix balanced = Train(data, new() { Loss = loss, Epochs = 40, ClassWeighting = ClassWeighting.Balanced });
        Assert.InRange(plain.Recall(1), 0, 0.4);
        Assert.InRange(balanced.Recall(1), 0.6, 1);
        Assert.True(balanced.BalancedAccuracy > plain.BalancedAccuracy + 0.1);
    }

    [Fact]
    public void Streamed_rows_are_weighted_by_their_own_counts()
    {
        Dataset data = Rare(600);
        string text = "a,b,l\n" + string.Concat(Enumerable.Range(0, data.Rows)
            .Select(row => FormattableString.Invariant(
            $"{data.Row(row)[0]},{data.Row(row)[1]},{(data.Classes[row] == 0 ? "usual" : "rare")}\n")));
        using TemporaryFile file = new(text);
        StorageOptions small = new(0, Path.GetTempPath()) { BlockBytes = 200, BufferBytes = 2000, HeldBytes = 1000 };
        using RowTable table = DatasetFile.ReadCsv(file.Path, new(), small).Table;
        Assert.True(table.IsStreamed);
        TrainingOptions options = new() { Epochs = 40, ClassWeighting = ClassWeighting.Balanced };
        EvaluationResult result = new Trainer(table.Schema, table.All(), options).Run().Train;
        Assert.InRange(result.Confusion!.BalancedAccuracy, 0.7, 1);

        // Rare comes first among the names here; a weighted mean of losses below that of guessing, ln 2.
        Assert.InRange(result.Confusion.Recall(0), 0.6, 1);
        Assert.InRange(result.Loss!.Value, 0.1, 0.69);
    }

    private static ConfusionMatrix Train(Dataset data, TrainingOptions options) =>
        new Trainer(data, [.. Enumerable.Range(0, data.Rows)], options).Run().Train.Confusion!;

    /// <summary>Two clouds that overlap, one of them with a row in 15.</summary>
    private static Dataset Rare(int rows)
    {
        SeededRandom random = new(11);
        int[] classes = [.. Enumerable.Range(0, rows).Select(row => row % 15 == 14 ? 1 : 0)];
        float[] inputs = [.. classes.SelectMany(index => new[] { Cloud(random, index), Cloud(random, index) })];
        return Dataset.ForClassification(inputs, DataColumns.Unnamed(2, false), classes, ["usual", "rare"]);
    }

    private static float Cloud(SeededRandom random, int index) =>
        1.1f * index + random.NextSymmetric(1f) + random.NextSymmetric(1f) + random.NextSymmetric(1f);
}
