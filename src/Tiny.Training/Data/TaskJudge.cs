using Tiny.Core;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Judges by the labels, as they come, what they are: words or a few whole numbers are classes, other numbers values.</summary>
/// <param name="numbers">How numbers are written.</param>
internal sealed class TaskJudge(NumberText numbers)
{
    /// <summary>A numeric label column is taken as classes when all its values are whole and no more than this many differ.</summary>
    internal const int MostNumericClasses = 20;

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

    /// <summary>Takes a label; gives its value, NaN for words.</summary>
    internal float Add(ReadOnlySpan<char> label)
    {
        if (!numbers.TryParse(label, out float value) || !float.IsFinite(value))
        {
            Words++;
            return float.NaN;
        }

        Numbers++;
        double exact = value;
        if (Math.Abs(value) > MostExact)
        {
            numbers.TryParse(label, out exact); // neighbouring whole numbers are one float here
        }

        allWhole &= exact == Math.Floor(exact);
        if (distinct.Count <= MostNumericClasses)
        {
            distinct.Add(exact);
        }

        return value;
    }
}
