using Tiny.Features;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>
/// Kernels over signals against the features that Tiny.Features computes, and a Fourier transform against its definition.
/// </summary>
public class SignalKernelTests
{
    [CompilerFact]
    public void Features_of_a_window_are_those_of_the_pipeline()
    {
        float[] found = new float[4];
        for (int n = 8; n <= 150; n += n < 70 ? 1 : 13)
        {
            FeatureDescription description = new FeatureDescription(
                new Signal(50f).Add("a", "g"), n, 5, FeatureKinds.Mean | FeatureKinds.Deviation | FeatureKinds.Minimum
                    | FeatureKinds.Maximum | FeatureKinds.MeanDifference | FeatureKinds.Crossings)
                .AddBand(3f, 1.8596f).AddBand(7.5f, 1.1756f);
            FeaturePipeline pipeline = new(description);
            float[] ring = new float[n];
            float[] all = Draw(2 * n, n, 3f);
            int at = 0;
            float[] expected = new float[description.Count];
            foreach (float sample in all)
            {
                ring[at] = sample;
                at = (at + 1) % n;
                if (pipeline.Add([sample]))
                {
                    pipeline.Compute(expected);
                    SignalKernels.Range(ring, at, n, found);
                    float[] features =
                    [
                        found[0], SignalKernels.Deviation(ring, at, n, found[0]), found[1], found[2], found[3],
                        SignalKernels.Crossings(ring, at, n, found[0]),
                        .. Enumerable.Range(0, 2).Select(
                            band => SignalKernels.Band(ring, at, n, found[0], description.GetCoefficient(band))),
                    ];
                    Assert.Equal(Bits(expected), Bits(features));
                }
            }
        }
    }

    [CompilerFact]
    public void A_fourier_transform_is_the_sum_that_defines_it()
    {
        for (int n = 64; n <= 1024; n *= 2)
        {
            float[] values = Draw(2 * n, n);
            float[] given = [.. values];
            Assert.Equal(1, SignalKernels.Fourier(values, n));
            for (int k = 0; k < n; k += 7)
            {
                System.Numerics.Complex sum = Enumerable.Range(0, n).Aggregate(System.Numerics.Complex.Zero, (total, i) =>
                    total + new System.Numerics.Complex(given[2 * i], given[2 * i + 1])
                    * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)i * k % n) / n));
                Assert.Equal(sum.Real, values[2 * k], 2e-4);
                Assert.Equal(sum.Imaginary, values[2 * k + 1], 2e-4);
            }
        }

        foreach (int count in new[] { 0, 32, 63, 65, 96, 2048, -64 })
        {
            Assert.Equal(0, SignalKernels.Fourier(new float[4096], count));
        }
    }
}
