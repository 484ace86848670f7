using System.Globalization;
using Tiny.Learning;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Tests.Data.Text;

public class NumberTextTests
{
    [Theory]
    [InlineData("1,234", '.', 1234f)]
    [InlineData("12,345,678.5", '.', 12345678.5f)]
    [InlineData("-1,234", '.', -1234f)]
    [InlineData("1.234,5", ',', 1234.5f)]
    [InlineData("1,5e3", ',', 1500f)]
    [InlineData("+1e-3", '.', 0.001f)]
    public void Numbers_are_read_with_marks_between_thousands_where_that_was_said(string text, char mark, float expected)
    {
        Assert.True(new NumberText(mark, groups: true).TryParse(text, out float number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("1,234")]
    [InlineData("1,37.8")]
    [InlineData("0,123")]
    [InlineData("1,23,456")]
    [InlineData(",123")]
    [InlineData("12:30")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("+.")]
    public void Other_texts_are_no_numbers(string text)
    {
        Assert.False(NumberText.Usual.TryParse(text, out float _));
        Assert.True(text == "1,234" || !new NumberText('.', groups: true).TryParse(text, out float _));
    }

    /// <summary>The short way gives the framework's bits, whatever the digits.</summary>
    [Fact]
    public void Short_numbers_are_read_to_the_bit()
    {
        SeededRandom random = new(4);
        int taken = 0;
        for (int i = 0; i < 200_000; i++)
        {
            int digits = random.NextInt(1 << 24) >> random.NextInt(24);
            string text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(random.NextInt(9), '0');
            int mark = random.NextInt(text.Length + 1);
            text = (random.NextInt(2) == 0 ? "-" : "") + (random.NextInt(4) == 0 ? text : text.Insert(mark, "."));
            if (ShortNumber.TryParse(text, '.', out float number))
            {
                taken++;
                Assert.Equal(BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)),
                    BitConverter.SingleToInt32Bits(number));
            }
        }

        Assert.InRange(taken, 190_000, 200_000);
    }
}
