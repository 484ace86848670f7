using Tiny.Training.Data.Text;

namespace Tiny.Training.Tests.Data.Text;

public class SafeTextTests
{
    [Theory]
    [InlineData("Größe °C", "\"Größe °C\"")]
    [InlineData("a\u001b[31mred", "\"a\\u001B[31mred\"")]
    [InlineData("wave\u00A0", "\"wave\\u00A0\"")]
    [InlineData("a\u202eb\nc", "\"a\\u202Eb\\u000Ac\"")]
    public void What_steers_a_terminal_is_written_out(string text, string expected) => Assert.Equal(expected, SafeText.Quote(text));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal(new string('x', 60) + "...", SafeText.Clean(new string('x', 10_000)));
}
