using Tiny.Training.Data.Text;

namespace Tiny.Training.Data.Recordings;

/// <summary>Labeled stretches as recordings are read: which label a sample has, and which stretches were never met.</summary>
internal sealed class StretchLabels
{
    private const int MostNamed = 3;

    private readonly Dictionary<string, LabeledStretch[]> byRecording;
    private readonly HashSet<LabeledStretch> met = [];
    private LabeledStretch[]? current; // of the recording that is read, by their place
    private int at;

    internal StretchLabels(IReadOnlyList<LabeledStretch> stretches)
    {
        byRecording = stretches.GroupBy(stretch => stretch.Recording)
            .ToDictionary(group => group.Key, group => group.OrderBy(stretch => stretch.From).ToArray());
    }

    /// <summary>A recording begins.</summary>
    internal void Begin(string recording)
    {
        current = byRecording.GetValueOrDefault(recording);
        at = 0;
    }

    /// <summary>The label of a sample of the recording that has begun; samples come in order.</summary>
    /// <param name="position">The sample, counted from 0 over the rows of the recording.</param>
    /// <param name="own">The label that the recording itself gives it.</param>
    /// <returns>Null for a sample that is not to be read: it lies outside of all stretches of a
    /// recording that has any, or nothing labels it.</returns>
    internal string? Of(long position, string own)
    {
        if (current is null)
        {
            return own.Length > 0 ? own : null;
        }

        while (at < current.Length && current[at].To <= position)
        {
            at++;
        }

        if (at == current.Length || current[at].From > position)
        {
            return null;
        }

        met.Add(current[at]);
        return current[at].Label;
    }

    /// <summary>What should be said of stretches of which no sample was met, once all is read; null for nothing.</summary>
    internal string? Remark()
    {
        LabeledStretch[] lost = [.. byRecording.Values.SelectMany(stretches => stretches).Where(stretch => !met.Contains(stretch))];
        string some = string.Join(", ", lost.Take(MostNamed)
            .Select(stretch => $"{SafeText.Clean(stretch.Recording)} {stretch.From}-{stretch.To}"))
            + (lost.Length > MostNamed ? ", ..." : "");
        return lost.Length == 0 ? null : $"{StretchFile.Name}: {lost.Length} labeled stretches lie in no recording that was read: {some}.";
    }
}
