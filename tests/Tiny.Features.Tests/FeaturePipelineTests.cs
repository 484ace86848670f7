namespace Tiny.Features.Tests;

public class FeaturePipelineTests
{
    private const double Unit = 1.0 / (1 << 24); // half a unit in the last place of a float, relative

    public static TheoryData<int, double, double> Windows
    {
        get
        {
            TheoryData<int, double, double> data = [];
            foreach (int window in new[] { 2, 3, 4, 5, 7, 31, 63, 64, 65, 127, 128, 200, 201, 333 })
            {
                data.Add(window, 0, 1);
                data.Add(window, 16384, 3000);
                data.Add(window, -9.81, 0.01);
            }

            return data;
        }
    }

    /// <summary>Each feature is within a bound of a plain computation in double, wherever in the ring the window begins.</summary>
    [Theory]
    [MemberData(nameof(Windows))]
    public void Features_are_those_of_plain_double_arithmetic(int window, double offset, double size)
    {
        float[] bands = [1f, 2.5f, 10f, 40f];
        FeatureDescription description = Make.Description(window, 1, bands: bands);
        FeaturePipeline pipeline = new(description);
        float[] signal = Make.Wave(3 * window + 5, window, offset, size);
        float[] features = new float[description.Count];
        int windows = 0;
        for (int i = 0; i < signal.Length; i++)
        {
            if (pipeline.Add([signal[i]]))
            {
                pipeline.Compute(features);
                CheckWindow(signal.AsSpan(i + 1 - window, window).ToArray(), features, bands);
                windows++;
            }
        }

        Assert.Equal(signal.Length - window + 1, windows);
    }

    private static void CheckWindow(float[] x, float[] features, float[] bands)
    {
        int n = x.Length;
        double mean = x.Average(value => (double)value);
        double size = x.Average(value => Math.Abs((double)value));
        double meanBound = (n + 1) * Unit * size;
        Assert.InRange(features[0], mean - meanBound, mean + meanBound);

        // About a mean that is off by d the squares grow by n d^2.
        double variance = x.Average(value => (value - mean) * (value - mean));
        double off = features[0] - mean;
        double rounding = 4 * Unit * Math.Sqrt(variance) * (Math.Abs(mean) + size);
        Assert.InRange(features[1], Math.Sqrt(variance) * (1 - (n + 8) * Unit) - Math.Sqrt(rounding),
            Math.Sqrt(variance * (1 + (n + 8) * Unit) + off * off) + Math.Sqrt(rounding));
        Assert.Equal(x.Min(), features[2]);
        Assert.Equal(x.Max(), features[3]);
        double difference = x.Zip(x.Skip(1), (a, b) => Math.Abs((double)b - a)).Average();
        Assert.InRange(features[4], difference * (1 - (n + 3) * Unit), difference * (1 + (n + 3) * Unit));
        int crossings = x.Zip(x.Skip(1), (a, b) => a >= features[0] != b >= features[0]).Count(crosses => crosses);
        Assert.Equal((float)crossings / (n - 1), features[5]);
        for (int band = 0; band < bands.Length; band++)
        {
            double exact = Band([.. x.Select(value => value - (double)features[0])], bands[band]);
            double angle = 2 * Math.PI * bands[band] / 100;
            double bound = BandBound(n, angle) * (Math.Sqrt(variance) + Math.Abs(off)) + 64 * Unit * size;
            Assert.InRange(features[6 + band], exact - bound, exact + bound);
        }
    }

    /// <summary>Goertzel's recursion amplifies rounding by 1 / sin: at most this share of the signal's deviation.</summary>
    private static double BandBound(int window, double angle) => 4 * Math.Min(window, 64) * Unit / Math.Sin(angle);

    /// <summary>The root mean square of sqrt(2) |X| / n over the blocks, by the definition of the Fourier transform.</summary>
    private static double Band(double[] x, double frequency)
    {
        int length = Math.Min(x.Length, WindowPasses.BandBlock);
        double power = 0;
        int blocks = x.Length / length;
        for (int block = 0; block < blocks; block++)
        {
            double re = 0;
            double im = 0;
            for (int i = 0; i < length; i++)
            {
                double angle = 2 * Math.PI * frequency * i / 100;
                re += x[block * length + i] * Math.Cos(angle);
                im += x[block * length + i] * Math.Sin(angle);
            }

            power += 2 * (re * re + im * im) / ((double)length * length);
        }

        return Math.Sqrt(power / blocks);
    }

    [Fact]
    public void A_band_is_the_strength_of_a_wave_at_its_frequency()
    {
        FeatureDescription description = Make.Description(256, 256, FeatureKinds.None, bands: [6.25f, 25f]);
        FeaturePipeline pipeline = new(description);
        float[] features = new float[2];
        for (int i = 0; i < 256; i++)
        {
            pipeline.Add([(float)(3 * Math.Sin(2 * Math.PI * 6.25 * i / 100))]);
        }

        pipeline.Compute(features);
        Assert.Equal(3 / Math.Sqrt(2), features[0], 4);
        Assert.InRange(features[1], 0, 1e-3);
    }

    [Fact]
    public void Windows_are_due_when_full_and_then_each_hop()
    {
        FeaturePipeline pipeline = new(Make.Description(10, 4));
        int[] due = [.. Enumerable.Range(1, 30).Where(i => pipeline.Add([i]))];
        Assert.Equal([10, 14, 18, 22, 26, 30], due);
        pipeline.Reset();
        Assert.Equal([10, 14], Enumerable.Range(1, 15).Where(i => pipeline.Add([i])));
    }

    [Fact]
    public void Bad_samples_are_refused_and_nothing_is_taken()
    {
        FeaturePipeline pipeline = new(Make.Description(3, 3, FeatureKinds.Mean, ["x", "y"]));
        float[] features = new float[2];
        pipeline.Add([1, 10]);
        pipeline.Add([2, 20]);
        foreach (float[]? bad in new float[]?[] { [float.NaN, 1], [1, float.PositiveInfinity], [1, float.NegativeInfinity], [1], [1, 2, 3],
            null })
        {
            Assert.ThrowsAny<ArgumentException>(() => pipeline.Add(bad));
        }

        Assert.Throws<InvalidOperationException>(() => pipeline.Compute(features));
        Assert.True(pipeline.Add([3, 30]));
        Assert.Throws<ArgumentException>(() => pipeline.Compute(new float[3]));
        pipeline.Compute(features);
        Assert.Equal([2f, 20f], features);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        FeatureDescription description = Make.Description(50, 10, channels: ["x", "y", "z"], bands: [5f]);
        FeaturePipeline pipeline = new(description);
        float[] sample = new float[3];
        float[] features = new float[description.Count];
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            before = i == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            sample[0] = i % 17;
            if (pipeline.Add(sample))
            {
                pipeline.Compute(features);
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
