using Tiny.Core;
using Tiny.Training.Data;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Records;

/// <summary>A class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">How many of its rows were trained on.</param>
/// <param name="Test">How many were tested on.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedClass(string Name, long Train, long Test)
{
    /// <summary>The classes of some rows; none where the rows have values.</summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="train">The rows trained on.</param>
    /// <param name="test">The rows tested on; null for none.</param>
    public static IReadOnlyList<RecordedClass> Of(DataSchema schema, RowSource train, RowSource? test)
    {
        if (schema.Task != NetworkTask.Classification)
        {
            return [];
        }

        long[] trained = ClassWeights.Count(train, schema.OutputNames.Count);
        long[]? tested = test is null ? null : ClassWeights.Count(test, schema.OutputNames.Count);
        return [.. schema.OutputNames.Select((name, i) => new RecordedClass(name, trained[i], tested?[i] ?? 0))];
    }
}
