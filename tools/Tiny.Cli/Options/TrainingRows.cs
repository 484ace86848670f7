using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Cli.Options;

/// <summary>The rows of a training run, with the files they come from.</summary>
/// <param name="Data">The file trained on.</param>
/// <param name="Train">The rows to train on.</param>
/// <param name="Test">The rows to test on; null without any.</param>
/// <param name="TestData">The file tested on; the same where it is split.</param>
internal sealed record TrainingRows(LoadedFile Data, RowSource Train, RowSource? Test, LoadedFile TestData) : IDisposable
{
    private const int MostToCalibrate = 4000;
    private const int MostOfStream = 100_000;

    /// <summary>How the file was split.</summary>
    internal SplitPlan Plan { get; init; } = SplitPlan.None;

    /// <summary>The share of the rows to train on that was kept for validation; null for none.</summary>
    internal double? Validation { get; init; }

    /// <summary>What rows in memory may take.</summary>
    internal long MemoryBytes { get; init; }

    internal RowTable Table => Data.File.Table;

    internal DataSchema Schema => Table.Schema;

    internal bool IsStreamed => Table.IsStreamed;

    /// <summary>
    /// The rows that the device's answers are tried on: the test rows; without any those trained on, evenly spaced ones of a stream.
    /// </summary>
    internal RowSource ToTest()
    {
        if (Test is not null || !IsStreamed || Train.Rows <= MostOfStream)
        {
            return Test ?? Train;
        }

        Dataset sample = Train.Sample(Schema, MostOfStream, Table.MemoryBytes);
        return new MemoryRows(sample, [.. Enumerable.Range(0, sample.Rows)]);
    }

    /// <summary>The numbers of the rows tried, ascending; of recordings, which are in memory.</summary>
    internal IReadOnlyList<int> InOrder() => [.. ((MemoryRows)(Test ?? Train)).Numbers.Order()];

    /// <summary>Rows to calibrate int8 on, evenly spaced.</summary>
    internal Dataset ToCalibrate() => Train.Sample(Schema, MostToCalibrate, Table.MemoryBytes);

    public void Dispose()
    {
        Train.Dispose();
        Test?.Dispose();
        Data.File.Dispose();
        TestData.File.Dispose();
    }
}
