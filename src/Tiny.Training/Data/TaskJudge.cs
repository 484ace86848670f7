using Tiny.Core;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Judges by the labels, as they come, what they are: words or a few whole numbers are classes, other numbers values.</summary>
/// <param name="numbers">How numbers are written.</param>
internal sealed class TaskJudge(NumberText numbers)
{
    /// <summary>A numeric label column is taken as classes when all its values are whole and no more than this many differ.</summary>
    internal const int MostNumericClasses = 20;

    private const int FewestValues = 3;
    private const float MostExact = 1 << 20;

    private readonly HashSet<double> distinct = [];
    private bool allWhole = true;

    /// <summary>Labels that are finite numbers.</summary>
    internal long Numbers { get; private set; }

    /// <summary>Labels that are none.</summary>
    internal long Words { get; private set; }

    /// <summary>Whether the numbers among the labels would be values if they were all.</summary>
    internal bool NumbersAreValues => Numbers > 0 && !(allWhole && distinct.Count <= MostNumericClasses);

    /// <summary>What the labels so far come to.</summary>
    internal NetworkTask Task => Words == 0 && NumbersAreValues ? NetworkTask.Regression : NetworkTask.Classification;

    /// <summary>The first label that is no number, and its line; null without any.</summary>
    internal (string Label, int Line)? FirstWord { get; private set; }

    /// <summary>Takes a label; gives its value, NaN for words.</summary>
    /// <param name="label">The label.</param>
    /// <param name="line">Its line.</param>
    internal float Add(ReadOnlySpan<char> label, int line)
    {
        if (!numbers.TryParse(label, out float value) || !float.IsFinite(value))
        {
            Words++;
            FirstWord ??= (label.ToString(), line);
            return float.NaN;
        }

        Numbers++;
        double exact = value;
        if (Math.Abs(value) > MostExact)
        {
            numbers.TryParse(label, out exact); // neighboring whole numbers are one float here
        }

        allWhole &= exact == Math.Floor(exact);
        if (distinct.Count <= MostNumericClasses)
        {
            distinct.Add(exact);
        }

        return value;
    }

    /// <summary>
    /// What is wrong with a few words among values, in words that go on after where the first
    /// stands: a sensor's ERR would make a class of every value.
    /// </summary>
    /// <param name="differing">How many different numbers there are.</param>
    /// <returns>Null where they are names of classes.</returns>
    internal string? WordAmongValues(int differing)
    {
        if (FirstWord is not (string word, _) || !NumbersAreValues
            || (differing <= MostNumericClasses && (Numbers < FewestValues || 2 * differing < Numbers)))
        {
            return null;
        }

        string leave = MissingMarks.Contains(word) ? "--drop-missing" : "--skip-bad-rows";
        return $"found {SafeText.Quote(word)}, but {Numbers} of {Numbers + Words} labels are numbers to learn. Mend it, or leave such rows "
            + $"out with --task regression {leave}; or read all labels as names of classes with --task classification.";
    }
}
