using Tiny.Core;

namespace Tiny.Training.Data;

/// <summary>Judges by the labels, as they come, what they are: words or a few whole numbers are classes, other numbers values.</summary>
internal sealed class TaskJudge
{
    /// <summary>A numeric label column is taken as classes when all its values are whole and no more than this many differ.</summary>
    internal const int MostNumericClasses = 20;

    private readonly HashSet<float> numbers = [];
    private bool allWhole = true;

    /// <summary>Whether all labels so far are finite numbers.</summary>
    internal bool AllNumbers { get; private set; } = true;

    /// <summary>What the labels so far come to.</summary>
    internal NetworkTask Task =>
        AllNumbers && !(allWhole && numbers.Count <= MostNumericClasses) ? NetworkTask.Regression : NetworkTask.Classification;

    /// <summary>Takes a label; gives its value, NaN for words.</summary>
    internal float Add(string label)
    {
        bool isNumber = CsvSource.TryParse(label, out float value) && float.IsFinite(value);
        AllNumbers &= isNumber;
        allWhole &= value == MathF.Floor(value);
        if (numbers.Count <= MostNumericClasses)
        {
            numbers.Add(value);
        }

        return isNumber ? value : float.NaN;
    }
}
