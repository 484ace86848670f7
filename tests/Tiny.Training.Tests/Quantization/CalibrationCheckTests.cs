using Tiny.Core;
using Tiny.Learning;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Export;
using Tiny.Training.Quantization;

namespace Tiny.Training.Tests.Quantization;

/// <summary>Two classes told apart by two inputs, heat about 20 and force about 0; what rows may calibrate a model of them.</summary>
public class CalibrationCheckTests
{
    private static readonly Lazy<Network> Model = new(() =>
    {
        Dataset data = Drawn(300, 1, (heat, force) => (heat, force));
        return Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, All(data), new() { Epochs = 30 }).Run().Model));
    });

    [Theory]
    [InlineData(300, 1)] // those trained on
    [InlineData(300, 2)]
    [InlineData(CalibrationCheck.FewestRows, 3)]
    public void Rows_like_those_trained_on_are_taken(int rows, int seed) =>
    Assert.Null(Check(Drawn(rows, seed, (heat, force) => (heat, force))));

    [Fact]
    public void Few_rows_are_taken_where_they_are_those_trained_on()
    {
        Dataset xor = Dataset.ForClassification(
            [0f, 0f, 0f, 1f, 1f, 0f, 1f, 1f], DataColumns.Unnamed(2, false), [0, 1, 1, 0], ["no", "yes"]);
        Network model = Network.FromBlob(BlobExporter.ToBlob(new Trainer(xor, All(xor), new() { Epochs = 5 }).Run().Model));
        Assert.Null(CalibrationCheck.Check(model, xor.Schema, new MemoryRows(xor, All(xor)), "xor.csv"));
        string message = Assert.Throws<QuantizationException>(
            () => CalibrationCheck.Check(model, xor.Schema, new MemoryRows(xor, [0, 1, 2]), "xor.csv")).Message;
        Assert.Equal("xor.csv: 3 rows are too few to calibrate on: expected 20 or more, like those trained on.", message);
    }

    [Fact]
    public void Too_few_rows_are_refused()
    {
        Assert.Contains("1 row is too few to calibrate on", Refused(Drawn(1, 2, (heat, force) => (heat, force))));
        Assert.Contains("19 rows are too few to calibrate on", Refused(Drawn(19, 2, (heat, force) => (heat, force))));
    }

    [Fact]
    public void An_input_that_is_constant_but_was_not_is_refused_by_name_with_both_figures()
    {
        string message = Refused(Drawn(200, 2, (heat, _) => (heat, 0.25f)));
        Assert.Contains("new.csv: 1 of 2 inputs is unlike what the model was trained on: input \"force\": always 0.25 over 200 rows; in "
            + "training the mean was ", message);
        Assert.Contains("the deviation ", message);
        Assert.Contains("in the same units", message);
    }

    [Theory]
    [InlineData(1000f, "heat")]  // another unit
    [InlineData(0.01f, "heat")]
    public void Inputs_in_another_unit_are_refused(float unit, string named)
    {
        string message = Refused(Drawn(200, 2, (heat, force) => (unit * heat, unit * force)));
        Assert.Contains("2 of 2 inputs are unlike", message);
        Assert.Contains($"input \"{named}\": ", message);
    }

    [Fact]
    public void Equal_rows_are_refused_however_many() => Assert.Contains("2 of 2 inputs", Refused(Drawn(500, 2, (_, _) => (20f, 0f))));

    [Fact]
    public void An_input_that_was_constant_in_training_may_be_anything()
    {
        Dataset data = Dataset.ForClassification([.. Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? 7f : i % 13)],
            DataColumns.Unnamed(2, false), [.. Enumerable.Range(0, 40).Select(i => i % 2)], ["a", "b"]);
        Network model = Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, All(data), new() { Epochs = 5 }).Run().Model));
        Dataset other = Dataset.ForClassification(
            [.. data.Inputs.Select((value, i) => i % 2 == 0 ? i * 1e6f : value)], data.Columns, data.Classes, data.OutputNames);
        Assert.Null(CalibrationCheck.Check(model, other.Schema, new MemoryRows(other, All(other)), "other.csv"));
    }

    [Fact]
    public void Inputs_of_one_unit_are_judged_together()
    {
        // A pixel that is always dark here, though not in training, is no reason: nothing is known of each.
        Dataset Pixels(int seed, int dark)
        {
            SeededRandom random = new(seed);
            float[] inputs = [.. Enumerable.Range(0, 8 * 100).Select(i => i % 8 == dark ? 0f : MathF.Floor(random.NextFloat() * 256))];
            return Dataset.ForClassification(
                inputs, DataColumns.Unnamed(8, shareUnit: true), [.. Enumerable.Range(0, 100).Select(i => i % 2)], ["a", "b"]);
        }

        Dataset data = Pixels(1, 2);
        Network model = Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, All(data), new() { Epochs = 5 }).Run().Model));
        Dataset other = Pixels(2, 5);
        Assert.Null(CalibrationCheck.Check(model, other.Schema, new MemoryRows(other, All(other)), "other.idx"));
        Dataset dim = Dataset.ForClassification(
            [.. other.Inputs.Select(value => value / 255f)], other.Columns, other.Classes, other.OutputNames);
        Assert.Contains("the inputs are unlike", Assert.Throws<QuantizationException>(
            () => CalibrationCheck.Check(model, dim.Schema, new MemoryRows(dim, All(dim)), "dim.idx")).Message);
    }

    [Fact]
    public void One_of_many_inputs_that_shows_nothing_is_told_and_keeps_the_range_it_had_in_training()
    {
        Dataset Many(int seed, bool flagged)
        {
            SeededRandom random = new(seed);
            float[] inputs = [.. Enumerable.Range(0, 12 * 200)
                .Select(i => i % 12 == 11 ? (flagged && random.NextInt(20) == 0 ? 1f : 0f) : random.NextSymmetric(1f))];
            return Dataset.ForClassification(inputs, DataColumns.Unnamed(12, false),
                [.. Enumerable.Range(0, 200).Select(i => inputs[12 * i] + 3 * inputs[12 * i + 11] > 0 ? 1 : 0)], ["a", "b"]);
        }

        Dataset data = Many(1, flagged: true);
        Network model = Network.FromBlob(BlobExporter.ToBlob(new Trainer(data, All(data), new() { Epochs = 100 }).Run().Model));
        Dataset unflagged = Many(2, flagged: false);
        string said = CalibrationCheck.Check(model, unflagged.Schema, new MemoryRows(unflagged, All(unflagged)), "new.csv")!;
        Assert.StartsWith("new.csv: 1 of 12 inputs is unlike what the model was trained on: input 11: always 0 over 200 rows", said);
        Network int8 = Network.FromBlob(Quantizer.Quantize(model, unflagged, All(unflagged)));
        float[] row = new float[12];
        float[] without = new float[2];
        float[] with = new float[2];
        row[0] = -0.5f;
        int8.Predict(row, without);
        row[11] = 1f;
        int8.Predict(row, with);
        Assert.True(with[1] > without[1] + 0.1f, $"The flag moves the answer from {without[1]} to {with[1]}.");
    }

    [Fact]
    public void A_model_that_is_int8_already_is_refused()
    {
        Dataset data = Drawn(100, 2, (heat, force) => (heat, force));
        Network int8 = Network.FromBlob(Quantizer.Quantize(Model.Value, data, All(data)));
        Assert.Contains("int8 already", Assert.Throws<QuantizationException>(
            () => CalibrationCheck.Check(int8, data.Schema, new MemoryRows(data, All(data)), "new.csv")).Message);
    }

    private static string Refused(Dataset data) => Assert.Throws<QuantizationException>(() => Check(data)).Message;

    private static string? Check(Dataset data) =>
        CalibrationCheck.Check(Model.Value, data.Schema, new MemoryRows(data, All(data)), "new.csv");

    private static int[] All(Dataset data) => [.. Enumerable.Range(0, data.Rows)];

    private static Dataset Drawn(int rows, int seed, Func<float, float, (float Heat, float Force)> change)
    {
        SeededRandom random = new(seed);
        List<float> inputs = [];
        int[] classes = [.. Enumerable.Range(0, rows).Select(i => i % 2)];
        foreach (int kind in classes)
        {
            (float heat, float force) = change(20 + 3 * kind + random.NextSymmetric(2f), kind - 0.5f + random.NextSymmetric(1f));
            inputs.AddRange([heat, force]);
        }

        return Dataset.ForClassification(
            [.. inputs], new DataColumns(["heat", "force"], AreNamed: true, ShareUnit: false), classes, ["calm", "hot"]);
    }
}
