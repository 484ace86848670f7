using Tiny.Training.Data;
using Tiny.Training.Data.Rows;
using Tiny.Training.Normalization;

namespace Tiny.Training.Records;

/// <summary>An input of the network with the statistics of the training rows, in the column's unit.</summary>
/// <param name="Name">Its name; "column 0" where the file has none.</param>
/// <param name="Position">Its position in the file, from 0; null for a feature of recordings, and of an IDX file.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation of the population.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedColumn(string Name, int? Position, double Mean, double Deviation, float Min, float Max)
{
    /// <summary>The columns of some rows.</summary>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="rows">The rows trained on.</param>
    /// <param name="positions">(columns) their positions in the file; null where they are none of it.</param>
    public static IReadOnlyList<RecordedColumn> Of(DataSchema schema, RowSource rows, IReadOnlyList<int>? positions)
    {
        ColumnStatistics statistics = ColumnStatistics.Of(rows, schema.ColumnCount);
        return [.. schema.Columns.Names.Select((name, i) => new RecordedColumn(
            name, positions?[i], statistics.Means[i], statistics.Deviation(i), statistics.Least[i], statistics.Greatest[i]))];
    }
}
