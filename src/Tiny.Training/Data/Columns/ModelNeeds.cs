namespace Tiny.Training.Data.Columns;

/// <summary>What a model wants of a file's columns.</summary>
/// <param name="Inputs">Inputs of the model.</param>
/// <param name="Checksum">Checksum of the names of the columns it was trained on, 0 for none:
/// see <see cref="DataColumns.Checksum"/>.</param>
/// <param name="WantsLabel">Whether a label is wanted.</param>
/// <seealso cref="CsvSource"/>
public sealed record ModelNeeds(int Inputs, int Checksum, bool WantsLabel)
{
    /// <summary>The names of its classes; null for a regression.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The columns it was trained on, where a record of the training tells.</summary>
    public ModelColumns? Known { get; init; }
}
