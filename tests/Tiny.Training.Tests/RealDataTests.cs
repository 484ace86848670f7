using Tiny.Core;
using Tiny.Tests;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Evaluation;
using Tiny.Training.Export;
using Tiny.Training.Quantization;

namespace Tiny.Training.Tests;

/// <summary>
/// The figures a newcomer gets from real data with the default settings and seed 1; the core must answer like the trainer.
/// </summary>
public class RealDataTests
{
    private static readonly CsvOptions NoHeader = new() { NoHeader = true };

    [SharedDataFact]
    public void Iris()
    {
        Dataset data = DatasetFile.ReadCsv(SharedData.Path("iris/iris_fisher.csv"), NoHeader).Data;
        Assert.Equal(150, data.Rows);
        (EvaluationResult test, byte[] blob) = Train(data, DataSplit.Every(data.Rows, 5), 16);
        Assert.InRange(test.Confusion!.Accuracy, 0.93, 1);
        Assert.InRange(blob.Length, 600, 660);
    }

    [SharedDataFact]
    public void Iris_five_fold()
    {
        Dataset data = DatasetFile.ReadCsv(SharedData.Path("iris/iris_fisher.csv"), NoHeader).Data;
        double mean = Enumerable.Range(0, 5).Average(fold =>
        {
            DataSplit split = new([.. Enumerable.Range(0, 150).Where(r => r % 5 != fold)],
                [.. Enumerable.Range(0, 150).Where(r => r % 5 == fold)]);
            return Train(data, split, 16).Test.Confusion!.Accuracy;
        });
        Assert.InRange(mean, 0.955, 1);
    }

    [SharedDataTheory]
    [InlineData(true, 0.96)]
    [InlineData(false, 0.93)]
    public void Digits(bool every, double least)
    {
        Dataset data = DatasetFile.ReadCsv(SharedData.Path("digits/digits.csv.gz"), NoHeader).Data;
        Assert.Equal(1797, data.Rows);
        DataSplit split = every ? DataSplit.Every(data.Rows, 5) : DataSplit.Last(data.Rows, 899);
        Assert.InRange(Train(data, split, 32).Test.Confusion!.Accuracy, least, 1);
    }

    /// <summary>int8 costs at most one row of iris and half a point of digits, and its blobs are small.</summary>
    [SharedDataTheory]
    [InlineData("iris/iris_fisher.csv", 16, 1 / 30.0, 340)]
    [InlineData("digits/digits.csv.gz", 32, 0.005, 2800)]
    public void Int8(string file, int hidden, double most, int bytes)
    {
        Dataset data = DatasetFile.ReadCsv(SharedData.Path(file), NoHeader).Data;
        DataSplit split = DataSplit.Every(data.Rows, 5);
        (_, byte[] blob) = Train(data, split, hidden);
        Network model = Network.FromBlob(blob);
        byte[] int8 = Quantizer.Quantize(model, data, split.Train);
        double before = CoreEvaluation.Evaluate(model, data, split.Test).Confusion!.Accuracy;
        double after = CoreEvaluation.Evaluate(Network.FromBlob(int8), data, split.Test).Confusion!.Accuracy;
        Assert.InRange(after, before - most - 1e-9, 1);
        Assert.InRange(int8.Length, 200, bytes);
    }

    [SharedDataFact]
    public void Air_quality()
    {
        DatasetFile file = DatasetFile.ReadCsv(SharedData.Path("air-quality/AirQuality.csv.gz"), new()
        {
            Label = "C6H6(GT)",
            Inputs = ["PT08.S1(CO)", "PT08.S2(NMHC)", "PT08.S3(NOx)", "PT08.S4(NO2)", "PT08.S5(O3)", "T", "RH", "AH"],
            Missing = ["-200"],
        });
        Assert.Equal(9357, file.Data.Rows + file.Dropped);
        DataSplit split = DataSplit.Last(file.Data.Rows, (int)Math.Round(file.Data.Rows * 0.2));
        Assert.InRange(Train(file.Data, split, 16).Test.Errors!.Rmse, 0, 0.9);
    }

    [SharedDataFact]
    public void Mnist()
    {
        Dataset train = IdxReader.Read(
            SharedData.Path("mnist/train-images-idx3-ubyte.gz"), SharedData.Path("mnist/train-labels-idx1-ubyte.gz"));
        Dataset test = IdxReader.Read(
            SharedData.Path("mnist/t10k-images-idx3-ubyte.gz"), SharedData.Path("mnist/t10k-labels-idx1-ubyte.gz"));
        int[] rows = [.. Enumerable.Range(0, test.Rows)];
        (EvaluationResult result, byte[] blob) = Train(train, [.. Enumerable.Range(0, train.Rows)], test, rows, 32, epochs: 5);
        Assert.InRange(result.Confusion!.Accuracy, 0.96, 1);

        byte[] int8 = Quantizer.Quantize(Network.FromBlob(blob), train, [.. Enumerable.Range(0, train.Rows)]);
        Assert.InRange(int8.Length, 25_000, 25_900);
        Assert.InRange(CoreEvaluation.Evaluate(Network.FromBlob(int8), test, rows).Confusion!.Accuracy, result.Confusion.Accuracy - 0.005,
            1);
    }

    private static (EvaluationResult Test, byte[] Blob) Train(Dataset data, DataSplit split, int hidden, int? epochs = null) =>
        Train(data, split.Train, data, split.Test, hidden, epochs);

    /// <summary>Trains, and holds the core's answers against the trainer's: within 0.2 points of accuracy, or 1 % of the RMSE.</summary>
    private static (EvaluationResult Test,
        byte[] Blob) Train(Dataset data, int[] rows, Dataset testData, int[] testRows, int hidden, int? epochs)
    {
        TrainingResult result = new Trainer(data, rows, new() { HiddenLayers = [hidden], Epochs = epochs })
            .Run(new MemoryRows(testData, testRows));
        byte[] blob = BlobExporter.ToBlob(result.Model);
        EvaluationResult core = CoreEvaluation.Evaluate(Network.FromBlob(blob), testData, testRows);
        EvaluationResult test = result.Test!;
        if (test.Confusion is ConfusionMatrix confusion)
        {
            Assert.InRange(core.Confusion!.Accuracy, confusion.Accuracy - 0.002, confusion.Accuracy + 0.002);
        }
        else
        {
            Assert.InRange(core.Errors!.Rmse / test.Errors!.Rmse, 0.99, 1.01);
        }

        return (test, blob);
    }
}
