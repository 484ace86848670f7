using Tiny.Core;
using Tiny.Training.Data.Rows;

namespace Tiny.Training.Data;

/// <summary>Makes answers of a CSV file's labels as they come. Whether they are classes or values, and which classes, may be known only at the end.</summary>
internal sealed class LabelReader(string path, string labelName, CsvOptions options)
{
    // More classes than a model can name; from here on labels can only be values.
    private const int MostTexts = 1 << 16;

    private readonly Dictionary<string, int> texts = [];
    private readonly TaskJudge judge = new();

    /// <summary>Takes the label of a row.</summary>
    /// <param name="label">The label.</param>
    /// <param name="line">Where the row begins in the file.</param>
    /// <param name="text">Its number in the order in which labels were first seen, -1 past the most that are kept.</param>
    /// <returns>Its value; NaN for words.</returns>
    /// <exception cref="DataException">It is none that the task or the model knows.</exception>
    internal float Read(string label, int line, out int text)
    {
        float value = judge.Add(label);
        if (options.Task == NetworkTask.Regression)
        {
            text = -1;
            return !float.IsNaN(value) ? value : throw Fault(label, line, "expected a number to learn. For classes, use --task classification.");
        }

        if (!texts.TryGetValue(label, out text))
        {
            text = texts.Count < MostTexts ? texts.Count : -1;
            texts.TryAdd(label, text);
            if (options.ClassNames is IReadOnlyList<string> known && !known.Contains(label))
            {
                throw new DataException(
                    $"{path}, line {line}, column \"{labelName}\": class \"{label}\" is unknown to the model, which knows {string.Join(", ", known.Take(12))}.");
            }
        }

        if (text < 0 && (!judge.AllNumbers || options.Task == NetworkTask.Classification))
        {
            throw Fault(label, line, $"which is class number {MostTexts + 1}, more than a model can have. Is --label the right column?");
        }

        if (text < 0)
        {
            texts.Remove(label);
        }

        return value;
    }

    /// <summary>What the labels come to.</summary>
    internal (DataSchema Schema, AnswerKey Key) Finish(DataColumns columns)
    {
        if ((options.Task ?? judge.Task) == NetworkTask.Regression)
        {
            return (new DataSchema(columns, NetworkTask.Regression, [labelName]), new AnswerKey(null));
        }

        IReadOnlyList<string> names = options.ClassNames ?? Sorted(texts.Keys);
        Dictionary<string, int> indices = [];
        for (int i = 0; i < names.Count; i++)
        {
            indices[names[i]] = i;
        }

        int[] classes = new int[texts.Count];
        foreach ((string label, int text) in texts)
        {
            classes[text] = indices[label];
        }

        return (new DataSchema(columns, NetworkTask.Classification, names), new AnswerKey(classes));
    }

    /// <summary>Numbers in numeric order, words in ordinal order: the same on every machine.</summary>
    internal static string[] Sorted(IEnumerable<string> labels)
    {
        string[] names = [.. labels.Order(StringComparer.Ordinal)];
        return names.All(name => CsvSource.TryParse(name, out _))
            ? [.. names.OrderBy(name => CsvSource.TryParse(name, out float value) ? value : 0f)]
            : names;
    }

    private DataException Fault(string label, int line, string expected) =>
        new($"{path}, line {line}, column \"{labelName}\": found \"{label}\", {expected}");
}
