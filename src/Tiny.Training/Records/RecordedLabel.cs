namespace Tiny.Training.Records;

/// <summary>The label's column.</summary>
/// <param name="Name">Its name; "column 4" where the file has none.</param>
/// <param name="Position">Its position in the file, from 0.</param>
/// <seealso cref="TrainingRecord"/>
public sealed record RecordedLabel(string Name, int Position);
