using Tiny.Tests;

namespace Tiny.Docs.Tests;

public class SentencesTests
{
    [Theory]
    [InlineData("One. Two three! Four? Five: six", 5)]
    [InlineData("It takes 1.5 ms, as README.md says.", 1)]
    [InlineData("**The same bits.** On the desk and on the board.", 2)]
    [InlineData("", 0)]
    public void A_paragraph_is_cut_at_the_ends_of_its_sentences(string paragraph, int sentences) =>
        Assert.Equal(sentences, Sentences.Split(paragraph).Count);

    [Theory]
    [InlineData("Two words", 2)]
    [InlineData("`tiny train a.csv --out b.tiny` trains", 2)]
    [InlineData("a - b + c", 3)]
    [InlineData("one\n two\tthree", 3)]
    public void Code_is_one_word_and_signs_are_none(string sentence, int words) => Assert.Equal(words, Sentences.CountWords(sentence));

    [Fact]
    public void What_is_one_word_too_long_is_found()
    {
        string limit = string.Join(' ', Enumerable.Repeat("word", Sentences.Limit));
        Assert.Empty(Sentences.TooLong($"{limit}. {limit}."));
        Assert.Equal([$"and {limit}."], Sentences.TooLong($"{limit}. and {limit}."));
    }
}
