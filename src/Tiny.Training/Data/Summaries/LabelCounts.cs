using Tiny.Core;

namespace Tiny.Training.Data.Summaries;

/// <summary>How often each label occurs, for as many labels as a model could have classes.</summary>
internal sealed class LabelCounts
{
    private const int Most = 1 << 16;

    private readonly Dictionary<string, long> counts = [];
    private readonly TaskJudge judge = new();

    internal void Add(string label)
    {
        judge.Add(label);
        if (counts.TryGetValue(label, out long count) || counts.Count < Most)
        {
            counts[label] = count + 1;
        }
    }

    /// <summary>What training would take the labels for.</summary>
    internal NetworkTask Task => judge.Task;

    /// <summary>Labels and counts in the order of a model's classes.</summary>
    internal IReadOnlyList<(string Name, long Rows)> Sorted() => [.. LabelReader.Sorted(counts.Keys).Select(name => (name, counts[name]))];
}
