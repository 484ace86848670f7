using System.Runtime.Intrinsics;
using Tiny.Training.Networks.Activations;

namespace Tiny.Training.Tests.Networks.Activations;

public class VectorExponentialTests
{
    [Fact]
    public void It_is_within_two_units_in_the_last_place_wherever_the_result_is_normal()
    {
        int looked = 0;
        for (float x = -87.3f; x <= 88.3f; x += 1.7e-4f)
        {
            double exact = Math.Exp(x);
            float actual = VectorExponential.Exp(Vector512.Create(x))[3];
            double unit = MathF.BitIncrement((float)exact) - (double)(float)exact;
            Assert.InRange(actual, exact - 2 * unit, exact + 2 * unit);
            looked++;
        }

        Assert.True(looked > 1_000_000, $"Only {looked} values were looked at.");
    }

    [Fact]
    public void Beyond_the_range_it_stays_at_its_ends_and_NaN_stays_NaN()
    {
        float At(float x) => VectorExponential.Exp(Vector512.Create(x))[15];
        Assert.Equal(1f, At(0f));
        Assert.InRange(At(-200f), 0f, 1.2e-38f);
        Assert.InRange(At(float.NegativeInfinity), 0f, 1.2e-38f);
        Assert.InRange(At(200f), 2e38f, float.MaxValue);
        Assert.InRange(At(float.PositiveInfinity), 2e38f, float.MaxValue);
        Assert.True(float.IsNaN(At(float.NaN)));
    }
}
