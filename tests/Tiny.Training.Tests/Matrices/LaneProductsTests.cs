using Tiny.Training.Matrices;

namespace Tiny.Training.Tests.Matrices;

/// <summary>
/// Every width of vectors gives the bits of the widest, at every number of places and weights; convolutions hold that one to plain loops.
/// </summary>
public class LaneProductsTests
{
    [Fact]
    public void Every_width_of_vectors_gives_the_same_bits()
    {
        float[] x = Draw(1, 4000);
        float[] w = Draw(2, 600);
        for (int places = 1; places <= 13; places++)
        {
            float[][] sums = [.. LaneProducts.All.Select(products => Sums(products, x, w, places))];
            Assert.All(sums[1..], other => Assert.Equal(sums[0], other));
        }

        for (int weights = 1; weights <= 6; weights++)
        {
            float[][] gradients = [.. LaneProducts.All.Select(products => Gradients(products, x, weights))];
            Assert.All(gradients[1..], other => Assert.Equal(gradients[0], other));
            Assert.DoesNotContain(0f, gradients[0]);
        }
    }

    private static float[] Sums(LaneProducts products, float[] x, float[] w, int places)
    {
        float[] z = new float[13 * 4 * Lanes.Width];
        LaneTaps taps = new(2, 20 * Lanes.Width, 1, 0, 5, LaneProducts.Filters, 0);
        products.Sums(ref z[0], 4 * Lanes.Width, 3, ref x[0], 2 * Lanes.Width, taps, ref w[0], ref w[500], places);
        return z;
    }

    private static float[] Gradients(LaneProducts products, float[] x, int weights)
    {
        float[] gradients = new float[weights * LaneProducts.Filters];
        float[] sums = new float[4 * 6 * Lanes.Width];
        LaneWalk walk = new(2, 300, 300, 3, Lanes.Width, 4 * Lanes.Width);
        products.AddGradients(sums, ref x[1000], ref x[0], walk, weights);
        products.AddGradients(sums, ref x[1700], ref x[900], walk, weights);
        LaneProducts.Totals(gradients, sums);
        return gradients;
    }

    private static float[] Draw(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
    }
}
