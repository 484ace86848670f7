using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>The classes that labels are of: one for each text; where all are numbers, one for each number however it is written.</summary>
internal sealed class LabelNames
{
    private readonly NumberText numbers;
    private readonly Dictionary<string, int> byText = [];
    private readonly Dictionary<double, int>? byNumber;

    /// <summary>Classes that are given, in the order of their indices.</summary>
    /// <param name="names">Their names, numbers with a decimal point.</param>
    /// <param name="numbers">How the labels to come write numbers.</param>
    internal LabelNames(IReadOnlyList<string> names, NumberText numbers)
    {
        this.numbers = numbers;
        Names = names;
        for (int i = 0; i < names.Count; i++)
        {
            byText.TryAdd(names[i], i);
        }

        if (names.All(name => NumberText.Usual.TryParse(name, out double _)))
        {
            byNumber = [];
            for (int i = 0; i < names.Count; i++)
            {
                NumberText.Usual.TryParse(names[i], out double number);
                byNumber.TryAdd(number, i);
            }
        }
    }

    /// <summary>Their names in order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The classes of some labels: numbers in numeric order, words in ordinal order, the same on every machine.</summary>
    internal static LabelNames Of(IReadOnlyCollection<string> labels, NumberText numbers)
    {
        double Number(string label) => numbers.TryParse(label, out double number) ? number : double.NaN;

        string[] names = labels.Any(label => double.IsNaN(Number(label)))
            ? [.. labels.Order(StringComparer.Ordinal)]
            : [.. labels.GroupBy(Number).OrderBy(group => group.Key).Select(group => Shortest(group).Replace(numbers.DecimalMark, '.'))];
        return new LabelNames(names, numbers);
    }

    /// <summary>The class of a label; -1 for none.</summary>
    internal int IndexOf(string label) =>
        byText.TryGetValue(label, out int index) ? index
        : byNumber is not null && numbers.TryParse(label, out double number) && byNumber.TryGetValue(number, out index) ? index
        : -1;

    private static string Shortest(IEnumerable<string> spellings) =>
        spellings.OrderBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal).First();
}
