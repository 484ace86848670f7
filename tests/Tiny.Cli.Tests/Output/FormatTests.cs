using Tiny.Cli.Output;

namespace Tiny.Cli.Tests.Output;

public class FormatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(2.3104e-5, "2.31e-05")]
    [InlineData(-2.31049e-5, "-2.31e-05")]
    [InlineData(9.87654e-4, "9.877e-04")]
    [InlineData(0.0012345, "0.001235")]
    [InlineData(0.026099, "0.02610")]
    [InlineData(0.1, "0.1000")]
    [InlineData(0.94, "0.9400")]
    [InlineData(1, "1.0000")]
    [InlineData(-3.14159, "-3.1416")]
    [InlineData(1234.56, "1234.6")]
    [InlineData(3.3e38, "3.3e+38")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.NegativeInfinity, "-")]
    public void Numbers_keep_their_significant_digits(double value, string expected) => Assert.Equal(expected, Format.Number(value));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00412, "0.0041")]
    [InlineData(0.75, "0.75")]
    [InlineData(12.345, "12.35")]
    [InlineData(200, "200")]
    public void Plain_numbers_are_short_but_never_nothing(double value, string expected) => Assert.Equal(expected, Format.Plain(value));

    [Theory]
    [InlineData(0, "0.0%")]
    [InlineData(0.000123, "0.012%")]
    [InlineData(0.5, "50.0%")]
    [InlineData(double.NaN, "-")]
    public void Small_shares_are_not_0_percent(double share, string expected) => Assert.Equal(expected, Format.Percent(share));
}
