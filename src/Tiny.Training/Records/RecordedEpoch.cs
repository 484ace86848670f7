using System.Text.Json.Serialization;

namespace Tiny.Training.Records;

/// <summary>A point of the learning curve.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="HeldBackLoss">Mean loss on the rows that early stopping watches; null without any.</param>
/// <param name="Loss">Mean loss over its batches, each before its step.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedEpoch(
    int Epoch, double Loss, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? HeldBackLoss = null)
{
    /// <summary>The most points that a record keeps.</summary>
    public const int Most = 200;

    /// <summary>The epochs of a run; of many, some evenly spaced, the last among them.</summary>
    public static IReadOnlyList<RecordedEpoch> From(IReadOnlyList<EpochProgress> epochs)
    {
        int count = Math.Min(Most, epochs.Count);
        return [.. Enumerable.Range(1, count).Select(i => epochs[(int)((long)i * epochs.Count / count) - 1])
            .Select(epoch => new RecordedEpoch(epoch.Epoch, epoch.Loss, epoch.HeldBackLoss))];
    }
}
