using Tiny.Core;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Summaries;

/// <summary>How often each label occurs, for as many labels as a model could have classes.</summary>
/// <param name="numbers">How numbers are written.</param>
internal sealed class LabelCounts(NumberText numbers)
{
    private const int Most = 1 << 16;

    private readonly Dictionary<string, long> counts = [];
    private readonly TaskJudge judge = new(numbers);

    /// <summary>Takes a label.</summary>
    internal void Add(string label, int line)
    {
        judge.Add(label, line);
        if (counts.TryGetValue(label, out long count) || counts.Count < Most)
        {
            counts[label] = count + 1;
        }
    }

    /// <summary>What training would take the labels for.</summary>
    internal NetworkTask Task => judge.Task;

    /// <summary>What is wrong with a few words among values, with the line of the first; null for nothing.</summary>
    internal string? WordAmongValues() =>
        judge.WordAmongValues(counts.Keys.Count(label => numbers.TryParse(label, out double _))) is string fault
        ? $"line {judge.FirstWord!.Value.Line}: {fault}" : null;

    /// <summary>Classes and their rows in the order in which a model has them.</summary>
    internal IReadOnlyList<(string Name, long Rows)> Sorted()
    {
        LabelNames names = LabelNames.Of(counts.Keys, numbers);
        long[] rows = new long[names.Names.Count];
        foreach ((string label, long count) in counts)
        {
            rows[names.IndexOf(label)] += count;
        }

        return [.. names.Names.Select((name, i) => (name, rows[i]))];
    }
}
