using Tiny.Core.Arithmetic;
using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Networks;

public class RowProductsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(32, 64, 33)]
    [InlineData(128, 200, 100)]
    public void Products_equal_the_plain_loops(int n, int d, int h)
    {
        SeededRandom random = new(n + d + h);
        float[] x = Draw(random, n * d);
        float[] w = Draw(random, d * h);
        float[] b = Draw(random, h);
        float[] dz = Draw(random, n * h);
        float[] z = new float[n * h];
        float[] dw = Draw(random, d * h);
        float[] dx = new float[n * d];
        foreach (int threads in new[] { 1, 2, 5 })
        {
            RowProducts products = new(threads);
            products.Forward(z, x, w, b, n, d, h);
            products.WeightGradient(dw, x, dz, n, d, h);
            products.InputGradient(dx, dz, w, n, d, h);
            Compare(z, n, h, d + 1, (i, j) => b[j] + Sum(d, k => (double)x[i * d + k] * w[k * h + j]));
            Compare(dw, d, h, n, (k, j) => Sum(n, i => (double)x[i * d + k] * dz[i * h + j]));
            Compare(dx, n, d, h, (i, k) => Sum(h, j => (double)dz[i * h + j] * w[k * h + j]));
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        const int N = 256, D = 300, H = 120;
        SeededRandom random = new(4);
        float[] x = Draw(random, N * D);
        float[] w = Draw(random, D * H);
        float[] dz = Draw(random, N * H);
        float[][] Run(int threads)
        {
            RowProducts products = new(threads);
            float[][] results = [new float[N * H], new float[D * H], new float[N * D]];
            products.Forward(results[0], x, w, new float[H], N, D, H);
            products.WeightGradient(results[1], x, dz, N, D, H);
            products.InputGradient(results[2], dz, w, N, D, H);
            return results;
        }

        float[][] one = Run(1);
        Assert.Equal(one, Run(2));
        Assert.Equal(one, Run(7));
    }

    private static float[] Draw(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSymmetric(1f))];

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    /// <summary>Summing n terms of magnitude at most 1 in float is off by at most n^2 units of 2^-24.</summary>
    private static void Compare(float[] actual, int rows, int columns, int terms, Func<int, int, double> exact)
    {
        double bound = (double)terms * terms / (1 << 24) + 1e-7;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Assert.InRange(actual[i * columns + j], exact(i, j) - bound, exact(i, j) + bound);
            }
        }
    }
}
