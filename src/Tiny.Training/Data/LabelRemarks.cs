using Tiny.Core;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>What should be said of how labels were understood.</summary>
internal static class LabelRemarks
{
    private const int FewClasses = 4;   // whole numbers that need not follow each other to be classes
    private const int ManyClasses = 10; // as many as there are digits

    /// <summary>Remarks on a column's labels, once all are read.</summary>
    /// <param name="rules">What was kept and left out.</param>
    /// <param name="task">What the labels were taken for.</param>
    /// <param name="names">The classes' names.</param>
    /// <param name="labelName">The label column's name.</param>
    /// <param name="wasJudged">Whether nobody said what the labels are.</param>
    internal static IEnumerable<string> Of(
        LabelRules rules, NetworkTask task, IReadOnlyList<string> names, string labelName, bool wasJudged)
    {
        if (task == NetworkTask.Classification)
        {
            foreach ((string label, long rows) in rules.KeptMissing)
            {
                yield return $"{rows} row{(rows == 1 ? " has" : "s have")} the label {SafeText.Quote(label)}, which is read as a class. If "
                    + "it means that the label is missing, leave such rows out with --drop-label "
                    + $"{(label.AsSpan().ContainsAny("?<#") ? $"'{label}'" : label)}.";
            }
        }

        if (wasJudged && task == NetworkTask.Classification && LooksLikeCount(names))
        {
            yield return $"{labelName} holds {names.Count} different whole numbers and is read as names of classes. If it is a count or "
                + "a measurement, say --task regression.";
        }
    }

    private static bool LooksLikeCount(IReadOnlyList<string> names)
    {
        double[] numbers = [.. names.Select(name => NumberText.Usual.TryParse(name, out double number) ? number : double.NaN)];
        return !numbers.Any(double.IsNaN)
            && (numbers.Length > ManyClasses || (numbers.Length > FewClasses && numbers[^1] - numbers[0] > numbers.Length - 1));
    }
}
