using Tiny.Core.Arithmetic;
using Tiny.Learning;

namespace Tiny.Core.Tests.Arithmetic;

public class ExponentialTests
{
    [Fact]
    public void Exp_is_within_two_units_in_the_last_place()
    {
        double worst = 0;
        for (float x = -76.9f; x < 88f; x += 0.00037f)
        {
            double exact = Math.Exp(x);
            double unit = MathF.BitIncrement((float)exact) - (float)exact;
            worst = Math.Max(worst, Math.Abs(Exponential.Exp(x) - exact) / unit);
        }

        Assert.InRange(worst, 0.1, 2.0);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(-77f, 0f)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_of_special_values(float x, float expected) => Assert.Equal(expected, Exponential.Exp(x));

    [Fact]
    public void Exp_of_large_values_is_finite()
    {
        Assert.Equal(Exponential.Exp(88f), Exponential.Exp(float.MaxValue));
        Assert.Equal(Exponential.Exp(88f), Exponential.Exp(float.PositiveInfinity));
        Assert.InRange(Exponential.Exp(88f), 1.6e38f, 1.7e38f);
    }

    [Fact]
    public void Log_is_within_its_bound_from_one_up()
    {
        double worst = 0;
        for (double x = 1; x < 3e38; x *= 1.00021)
        {
            double exact = Math.Log((float)x);
            worst = Math.Max(worst, Math.Abs(Logarithm.FromOne((float)x) - exact) / Math.Max(1, exact));
        }

        Assert.InRange(worst, 1e-9, 2e-7);
        Assert.Equal(0f, Logarithm.FromOne(1f));
    }

    [Fact]
    public void Square_root_is_within_one_unit_in_the_last_place()
    {
        for (double x = 1e-37; x < 3e38; x *= 1.0031)
        {
            float exact = MathF.Sqrt((float)x);
            Assert.InRange(SquareRoot.Of((float)x), MathF.BitDecrement(exact), MathF.BitIncrement(exact));
        }

        Assert.Equal(0f, SquareRoot.Of(0f));
        Assert.Equal(0f, SquareRoot.Of(-1f));
        Assert.True(float.IsNaN(SquareRoot.Of(float.NaN)));
        Assert.Equal(float.PositiveInfinity, SquareRoot.Of(float.PositiveInfinity));
    }
}
