using Tiny.Core.Activations;

namespace Tiny.Core.Tests.Activations;

public class SigmoidTableTests
{
    public SigmoidTableTests() => SigmoidTable.Prepare();

    [Fact]
    public void Sigmoid_is_off_by_at_most_its_documented_bound()
    {
        double worst = Worst(SigmoidTable.Shared.Sigmoid, x => 1 / (1 + Math.Exp(-x)));
        Assert.InRange(worst, 4.0e-5, 4.3e-5);
    }

    [Fact]
    public void Tanh_is_off_by_at_most_its_documented_bound()
    {
        double worst = Worst(SigmoidTable.Shared.Tanh, x => Math.Tanh(x));
        Assert.InRange(worst, 8.0e-5, 8.6e-5);
    }

    [Fact]
    public void Swish_is_off_by_at_most_the_sigmoids_error_times_x()
    {
        float[] z = [.. Enumerable.Range(-2000, 4001).Select(i => i / 100f)];
        float[] a = [.. z];
        SigmoidTable.Shared.Swish(a, a.Length);
        for (int i = 0; i < z.Length; i++)
        {
            double exact = z[i] / (1 + Math.Exp(-z[i]));
            Assert.InRange(a[i], exact - 4.3e-5 * Math.Abs(z[i]) - 1e-6, exact + 4.3e-5 * Math.Abs(z[i]) + 1e-6);
        }
    }

    [Theory]
    [InlineData(float.MaxValue, 1f, 1f)]
    [InlineData(1e20f, 1f, 1f)]
    [InlineData(float.PositiveInfinity, 1f, 1f)]
    [InlineData(float.MinValue, 0f, -1f)]
    [InlineData(float.NegativeInfinity, 0f, -1f)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    public void Special_values(float x, float sigmoid, float tanh)
    {
        float[] z = [x, x];
        SigmoidTable.Shared.Sigmoid(z, 1);
        Assert.Equal(sigmoid, z[0]);
        Assert.Equal(x, z[1]);
        z[0] = x;
        SigmoidTable.Shared.Tanh(z, 1);
        Assert.Equal(tanh, z[0]);
    }

    /// <summary>The largest error over 8 million evenly spaced points of [-20, 20] and every edge of a piece with its neighbors.</summary>
    private static double Worst(Action<float[], int> function, Func<double, double> exact)
    {
        double worst = 0;
        float[] one = new float[1];
        void Look(float x)
        {
            one[0] = x;
            function(one, 1);
            worst = Math.Max(worst, Math.Abs(one[0] - exact(x)));
        }

        const int Points = 4_000_000;
        for (int i = -Points; i <= Points; i++)
        {
            Look(20f * i / Points);
        }

        for (int piece = -256; piece <= 256; piece++)
        {
            float edge = piece / 24f;
            Look(edge);
            Look(MathF.BitDecrement(edge));
            Look(MathF.BitIncrement(edge));
        }

        return worst;
    }
}
