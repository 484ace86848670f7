namespace Tiny.Training.Data;

/// <summary>What a CSV file held: inputs as numbers, labels as text.</summary>
/// <param name="Path">The file.</param>
/// <param name="Inputs">(rows, columns) row-major.</param>
/// <param name="Columns">The input columns.</param>
/// <param name="Labels">(rows); empty where no label was asked for.</param>
/// <param name="LabelName">Name of the label column, or "".</param>
/// <param name="FirstLines">(rows) the line in the file of each row, from 1.</param>
/// <param name="Dropped">Rows dropped because a value was missing.</param>
/// <param name="HeaderWasData">Whether the first row was taken as data though nobody said that there is no header.</param>
public sealed record CsvTable(
    string Path,
    float[] Inputs,
    DataColumns Columns,
    IReadOnlyList<string> Labels,
    string LabelName,
    IReadOnlyList<int> FirstLines,
    int Dropped,
    bool HeaderWasData)
{
    /// <summary>Rows kept.</summary>
    public int Rows => FirstLines.Count;
}
