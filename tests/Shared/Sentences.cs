using System.Text.RegularExpressions;

namespace Tiny.Tests;

/// <summary>
/// Finds sentences that are too long to be understood at first reading. Any test can hold a text to it: help, a report, a page.
/// </summary>
/// <remarks>
/// A sentence ends at a period, question mark, exclamation mark or colon before a blank, and at the end of the text. Words are what blanks
/// separate and what holds a letter or a digit. Text in backquotes is one word, because a reader takes a command or a path as one thing.
/// </remarks>
public static partial class Sentences
{
    /// <summary>The longest sentence that pages, help and reports may have, in words.</summary>
    public const int Limit = 35;

    /// <summary>The sentences of a paragraph, in order, without the blanks around them.</summary>
    public static IReadOnlyList<string> Split(string paragraph) =>
        [.. SentenceEnd().Split(Whitespace().Replace(paragraph, " "))
            .Select(sentence => sentence.Trim()).Where(sentence => sentence.Length > 0)];

    /// <summary>How many words a sentence has.</summary>
    public static int CountWords(string sentence) =>
        Whitespace().Split(Code().Replace(sentence, "code")).Count(word => word.Any(char.IsLetterOrDigit));

    /// <summary>The sentences of a paragraph that have more than <paramref name="limit"/> words.</summary>
    public static IReadOnlyList<string> TooLong(string paragraph, int limit = Limit) =>
        [.. Split(paragraph).Where(sentence => CountWords(sentence) > limit)];

    // "1.5" and "README.md" hold no end, as no blank follows; an abbreviation with one, such as "e.g. ", ends too early and does no harm.
    [GeneratedRegex(@"(?<=[.!?:][)""'*_]*)\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();
}
