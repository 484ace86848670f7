namespace Tiny.Docs.Tests.Running;

public class OutputPatternTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "a|b", false)]
    [InlineData("a|b", "a", false)]
    [InlineData("in ... ms", "in 12.5 ms", true)]
    [InlineData("in ... ms", "in 12.5 s", false)]
    [InlineData("...|c", "a|b|c", true)]
    [InlineData("a|...", "a", true)]
    [InlineData("a|...|c|d", "a|c|b|c|d", true)]
    [InlineData("...|c", "a|b", false)]
    [InlineData("accuracy 0.94", "accuracy 0x94", false)]
    [InlineData("a  ", "a", true)]
    [InlineData(" a", "a", false)]
    public void Dots_stand_for_anything_and_all_else_for_itself(string page, string output, bool agrees) =>
        Assert.Equal(agrees, OutputPattern.Difference(page.Split('|'), output.Split('|')) is null);

    [Fact]
    public void A_difference_names_the_line_of_the_page() =>
        Assert.Contains("\"b\"", OutputPattern.Difference(["a", "b", "c"], ["a", "x", "c"]));
}
