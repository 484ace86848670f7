namespace Tiny.Emulator.Tests.Costs;

/// <summary>A theory on the library as it was; skipped with a word where its history is absent.</summary>
internal sealed class CountedHistoryTheoryAttribute : TheoryAttribute
{
    public CountedHistoryTheoryAttribute()
    {
        Skip = CountedHistory.Absence;
    }
}
