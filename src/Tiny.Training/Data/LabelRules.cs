using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Which labels are none, and which are left out. Classes may be called NA or 0; values may be missing like an input's.</summary>
internal sealed class LabelRules
{
    private readonly LabelReader? labels;
    private readonly FieldReader fields;
    private readonly CsvOptions options;
    private readonly bool areValues;
    private readonly SortedDictionary<string, long> kept = new(StringComparer.Ordinal);
    private readonly TextPool well = new(); // labels that were looked at

    /// <summary>Rules for a column's labels.</summary>
    /// <param name="labels">What will read them; null where any will do.</param>
    /// <param name="fields">What reads fields.</param>
    /// <param name="options">The task, and what is left out.</param>
    /// <param name="first">The first labels, to judge by whether they are values where the task is not said.</param>
    internal LabelRules(LabelReader? labels, FieldReader fields, CsvOptions options, IEnumerable<string> first)
    {
        this.labels = labels;
        this.fields = fields;
        this.options = options;
        areValues = options.Task is Core.NetworkTask task ? task == Core.NetworkTask.Regression : LookLikeValues(first);
    }

    /// <summary>Labels that are kept as classes though they may stand for missing, with their rows.</summary>
    internal IReadOnlyDictionary<string, long> KeptMissing => kept;

    /// <summary>Whether a label is missing: nothing, or of values what stands for that.</summary>
    internal bool IsMissing(ReadOnlySpan<char> label) =>
        label.Length == 0
        || (areValues && (MissingMarks.Contains(label) || fields.IsNamedMissing(label)))
        || (options.ClassNames is not null && MissingMarks.Contains(label) && labels?.FaultOf(label) is not null); // no class of the model

    /// <summary>Whether rows with this label are left out.</summary>
    internal bool IsLeftOut(ReadOnlySpan<char> label)
    {
        for (int i = 0; i < options.DropLabels.Count; i++)
        {
            // Numbers are compared as numbers.
            if (label.SequenceEqual(options.DropLabels[i])
                || (NumberText.Usual.TryParse(options.DropLabels[i], out double left) && fields.Numbers.TryParse(label, out double number)
                && number == left))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is wrong with a label, in words that go on after where it stands; null for nothing.</summary>
    internal string? FaultOf(ReadOnlySpan<char> label)
    {
        if (!areValues && options.ClassNames is null
            && (MissingMarks.Contains(label) || (options.Missing.Count > 0 && fields.IsNamedMissing(label))))
        {
            string text = label.ToString();
            kept[text] = kept.GetValueOrDefault(text) + 1;
        }

        if (labels is null || well.Holds(label))
        {
            return null;
        }

        string? fault = labels.FaultOf(label);
        if (fault is null)
        {
            well.Keep(label);
        }

        return fault;
    }

    private bool LookLikeValues(IEnumerable<string> first)
    {
        TaskJudge judge = new(fields.Numbers);
        foreach (string label in first.Where(label => !fields.IsMissing(label)))
        {
            judge.Add(label, 0);
        }

        return judge.Task == Core.NetworkTask.Regression;
    }
}
