using System.Globalization;
using System.Text.Json.Serialization;
using Tiny.Training.Data;

namespace Tiny.Training.Records;

/// <summary>Which rows of the data file were trained on and which were not: enough to make the same split again.</summary>
/// <param name="Kind">How the rows were split.</param>
/// <param name="Value">What the kind counts by; 0 for none.</param>
/// <param name="Seed">What a drawn share was drawn with.</param>
/// <param name="Validation">The share of the rows left that was kept for validation; null for none.</param>
/// <param name="MemoryBytes">What rows in memory could take at most. A share is drawn in another way of rows that are streamed.</param>
/// <param name="TrainRows">Rows trained on.</param>
/// <param name="TestRows">Rows tested on, or kept for validation.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedSplit(
    SplitKind Kind, double Value, int Seed, double? Validation, long MemoryBytes, long TrainRows, long TestRows)
{
    /// <summary>What draws the rows for validation, whatever the seed of the run.</summary>
    public const int ValidationSeed = 1;

    /// <summary>The options that say so.</summary>
    [JsonIgnore]
    public string Options => string.Join(' ', new[] { ToPlan().Options, Validation is double share
    ? $"--validation {share.ToString(CultureInfo.InvariantCulture)}" : "" }.Where(text => text.Length > 0));

    /// <summary>The split.</summary>
    public SplitPlan ToPlan() => new(Kind, Value, Seed);

    /// <exception cref="RecordException">It is none that could have been made.</exception>
    internal void Check()
    {
        if (!ToPlan().IsPossible || Validation is <= 0 or >= 1 || MemoryBytes < 0)
        {
            throw new RecordException($"split: {Kind} {Value} cannot have been made.");
        }
    }
}
