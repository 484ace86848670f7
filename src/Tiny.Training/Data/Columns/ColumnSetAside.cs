namespace Tiny.Training.Data.Columns;

/// <summary>A column that is no input although nobody left it out.</summary>
/// <param name="Position">Its position in the file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Why">Why, in words that go on after the name: "is a clock".</param>
/// <seealso cref="DatasetFile"/>
public sealed record ColumnSetAside(int Position, string Name, string Why);
