using Tiny.Core;
using Tiny.Features;

namespace Tiny.Training.Data;

/// <summary>What the rows of a data set hold.</summary>
/// <param name="Columns">The input columns.</param>
/// <param name="Task">Whether the answers are classes or values.</param>
/// <param name="OutputNames">The classes' names in order, or the one target's.</param>
/// <seealso cref="Dataset"/>
public sealed record DataSchema(DataColumns Columns, NetworkTask Task, IReadOnlyList<string> OutputNames)
{
    /// <summary>Inputs of each row.</summary>
    public int ColumnCount => Columns.Count;

    /// <summary>The features that the inputs are; null for columns of a table.</summary>
    public FeatureDescription? Features { get; init; }
}
