using Tiny.Kernels;

namespace Tiny.Emulator.Tests.Benchmarks;

public sealed class LineWrapTests
{
    [Fact]
    public void Sums_are_broken_before_a_plus_and_lists_behind_a_comma()
    {
        string sum = "z = " + string.Join(" + ", Enumerable.Range(0, 60).Select(i => $"a{i} * (b{i} + c{i})")) + ";";
        string head = "static void Run(" + string.Join(", ", Enumerable.Range(0, 40).Select(i => $"long q{i}")) + ")";

        string[] sums = [.. LineWrap.Wrap(sum, 12)];
        string[] heads = [.. LineWrap.Wrap(head, 8)];

        Assert.All(sums, line => Assert.True(line.Length + 12 <= LineWrap.Longest));
        Assert.All(sums[1..], line => Assert.StartsWith("    + a", line));
        Assert.Equal(sum, string.Join(' ', sums.Select(line => line.Trim())));
        Assert.All(heads[..^1], line => Assert.EndsWith(",", line));
        Assert.Equal(head, string.Join(' ', heads.Select(line => line.Trim())));
    }

    [Fact]
    public void Comments_are_broken_between_words()
    {
        string words = string.Join(' ', Enumerable.Repeat("word", 60));

        string[] summary = [.. LineWrap.Wrap($"/// <summary>{words}</summary>", 4)];
        string[] comment = [.. LineWrap.Wrap("// " + words, 4)];

        Assert.Equal("/// <summary>", summary[0]);
        Assert.Equal("/// </summary>", summary[^1]);
        Assert.Equal(words, string.Join(' ', summary[1..^1].Select(line => line[4..])));
        Assert.Equal(words, string.Join(' ', comment.Select(line => line[3..])));
    }

    [Fact]
    public void What_fits_is_left_alone_and_what_cannot_be_broken_is_refused()
    {
        Assert.Equal(["z = 1;"], LineWrap.Wrap("z = 1;", 100));
        Assert.Throws<InvalidOperationException>(() => LineWrap.Wrap(new string('x', 200), 0).ToArray());
    }
}
