using Tiny.Core;
using Tiny.Training.Data.Rows;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>
/// Makes answers of a CSV file's labels as they come. Whether they are classes or values, and which classes, may be known only at the end.
/// </summary>
internal sealed class LabelReader
{
    // More classes than a model can name; from here on labels can only be values.
    private const int MostTexts = 1 << 16;

    private readonly string path;
    private readonly string labelName;
    private readonly CsvOptions options;
    private readonly NumberText numbers;
    private readonly LabelNames? known;
    private readonly Dictionary<string, int> texts = [];
    private readonly TaskJudge judge;

    /// <summary>A reader of a column's labels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="labelName">The column's name.</param>
    /// <param name="options">Task and classes, where they are known.</param>
    /// <param name="numbers">How numbers are written; null for a decimal point.</param>
    internal LabelReader(string path, string labelName, CsvOptions options, NumberText? numbers = null)
    {
        this.path = path;
        this.labelName = labelName;
        this.options = options;
        this.numbers = numbers ?? NumberText.Usual;
        known = options.ClassNames is null ? null : new LabelNames(options.ClassNames, this.numbers);
        judge = new TaskJudge(this.numbers);
    }

    /// <summary>What is wrong with a label, in words that go on after where it stands; null for nothing.</summary>
    internal string? FaultOf(ReadOnlySpan<char> label)
    {
        if (options.Task == NetworkTask.Regression)
        {
            return numbers.TryParse(label, out float value) && float.IsFinite(value)
                ? null
                : $"found {SafeText.Quote(label)}, expected a number to learn. For classes, use --task classification.";
        }

        if (known is not null && known.IndexOf(label.ToString()) < 0)
        {
            string some = string.Join(", ", known.Names.Take(12).Select(name => SafeText.Clean(name)));
            return $"class {SafeText.Quote(label)} is unknown to the model, which knows {some}.";
        }

        return SafeText.HoldsControl(label) ? $"found {SafeText.Quote(label)}, a label with a control character in it. Mend it." : null;
    }

    /// <summary>Takes the label of a row.</summary>
    /// <param name="label">The label.</param>
    /// <param name="line">Where the row begins in the file.</param>
    /// <param name="text">Its number in the order in which labels were first seen, -1 past the most that are kept.</param>
    /// <returns>Its value; NaN for words.</returns>
    /// <exception cref="DataException">It is none that the task or the model knows.</exception>
    internal float Read(string label, int line, out int text)
    {
        float value = judge.Add(label, line);
        if (options.Task == NetworkTask.Regression)
        {
            text = -1;
            return !float.IsNaN(value) ? value : throw Fault(line, FaultOf(label)!);
        }

        if (!texts.TryGetValue(label, out text))
        {
            text = AddText(label, line);
        }

        return value;
    }

    /// <summary>What the labels come to.</summary>
    /// <exception cref="DataException">They are neither classes nor values, but some of each.</exception>
    internal (DataSchema Schema, AnswerKey Key) Finish(DataColumns columns)
    {
        if (options.Task is null && known is null
            && judge.WordAmongValues(texts.Keys.Count(label => numbers.TryParse(label, out double _))) is string fault)
        {
            throw Fault(judge.FirstWord!.Value.Line, fault);
        }

        if ((options.Task ?? judge.Task) == NetworkTask.Regression)
        {
            return (new DataSchema(columns, NetworkTask.Regression, [labelName]), new AnswerKey(null));
        }

        LabelNames names = known ?? LabelNames.Of(texts.Keys, numbers);
        int[] classes = new int[texts.Count];
        foreach ((string label, int text) in texts)
        {
            classes[text] = names.IndexOf(label);
        }

        return (new DataSchema(columns, NetworkTask.Classification, names.Names), new AnswerKey(classes));
    }

    /// <summary>Class names in the order in which a model has them.</summary>
    internal static IReadOnlyList<string> Sorted(IEnumerable<string> labels) => LabelNames.Of([.. labels], NumberText.Usual).Names;

    private int AddText(string label, int line)
    {
        if (FaultOf(label) is string fault)
        {
            throw Fault(line, fault);
        }

        if (texts.Count < MostTexts)
        {
            texts.Add(label, texts.Count);
            return texts.Count - 1;
        }

        return judge.Words == 0 && options.Task != NetworkTask.Classification
            ? -1
            : throw Fault(line, $"found {SafeText.Quote(label)}, which is class "
            + $"number {MostTexts + 1}, more than a model can have. Is --label the right column?");
    }

    private DataException Fault(int line, string fault) => new($"{path}, line {line}, column {SafeText.Quote(labelName)}: {fault}");
}
