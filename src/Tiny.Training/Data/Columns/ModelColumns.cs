namespace Tiny.Training.Data.Columns;

/// <summary>The columns that a model was trained on, as its training record keeps them: what finds them again in another file.</summary>
/// <param name="Inputs">The inputs' names in the network's order; "column 0" and so on where the file had none.</param>
/// <param name="InputPositions">Their positions in the file trained on; empty for features of recordings, which have none.</param>
/// <param name="Label">The label's name; "" for none.</param>
/// <param name="LabelPosition">Its position; -1 for none.</param>
/// <param name="AreNamed">Whether the names are the file's own.</param>
/// <param name="Count">How many columns the file had.</param>
/// <seealso cref="Tiny.Training.Records.TrainingRecord"/>
public sealed record ModelColumns(
    IReadOnlyList<string> Inputs, IReadOnlyList<int> InputPositions, string Label, int LabelPosition, bool AreNamed, int Count);
