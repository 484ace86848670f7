namespace Tiny.Training.Data.Rows;

/// <summary>What a row's answer is, once the whole file is known: the label's value, or the class of its text.</summary>
/// <param name="ClassOfText">The class of each text in the order in which texts were first seen; null for values.</param>
internal sealed record AnswerKey(int[]? ClassOfText)
{
    /// <summary>The answers of some rows.</summary>
    internal void Apply(ReadOnlySpan<float> values, ReadOnlySpan<int> texts, Span<float> answers)
    {
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = ClassOfText is null ? values[i] : ClassOfText[texts[i]];
        }
    }
}
