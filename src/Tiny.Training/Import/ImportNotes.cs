namespace Tiny.Training.Import;

/// <summary>What an import did, in words.</summary>
internal sealed class ImportNotes
{
    private const int Most = 1000;
    private readonly List<string> steps = [];
    private readonly List<string> remarks = [];

    /// <summary>Every step.</summary>
    internal IReadOnlyList<string> Steps => steps;

    /// <summary>What a user should know: where the model differs from the graph in form, order or precision.</summary>
    internal IReadOnlyList<string> Remarks => remarks;

    /// <summary>Notes a step.</summary>
    internal void Step(string text)
    {
        if (steps.Count < Most)
        {
            steps.Add(text);
        }
    }

    /// <summary>Notes what a user should know, once.</summary>
    internal void Remark(string text)
    {
        if (remarks.Count < Most && !remarks.Contains(text))
        {
            remarks.Add(text);
        }
    }
}
