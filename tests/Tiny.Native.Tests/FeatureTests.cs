using Tiny.Features;
using Tiny.Native.Features;
using static Tiny.Native.Tests.NativeKinds;

namespace Tiny.Native.Tests;

/// <summary>A pipeline whose passes are native gives the features of a managed one.</summary>
public class FeatureTests
{
    private const FeatureKinds All = FeatureKinds.Mean | FeatureKinds.Deviation | FeatureKinds.Minimum | FeatureKinds.Maximum
        | FeatureKinds.MeanDifference | FeatureKinds.Crossings;

    [CompilerTheory]
    [InlineData(All)]
    [InlineData(FeatureKinds.Deviation)]
    [InlineData(FeatureKinds.Mean | FeatureKinds.Crossings)]
    public void Features_of_every_window_have_the_same_bits(FeatureKinds kinds)
    {
        for (int window = 8; window <= 140; window += window < 70 ? 1 : 9)
        {
            Signal signal = new Signal(50f).Add("a", "g").Add("b", "g");
            FeatureDescription description = new FeatureDescription(signal, window, 5, kinds).AddBand(3f, 1.8596f).AddBand(7.5f, 1.1756f);
            FeaturePipeline managed = new(description);
            FeaturePipeline native = Native(description);
            (float[] expected, float[] features) = (new float[description.Count], new float[description.Count]);
            float[] samples = Draw(4 * window, window, 3f);
            for (int i = 0; i < samples.Length; i += 2)
            {
                float[] sample = [samples[i], samples[i + 1]];
                if (managed.Add(sample) & native.Add(sample))
                {
                    managed.Compute(expected);
                    native.Compute(features);
                    Assert.Equal(Bits(expected), Bits(features));
                }
            }

            Assert.Contains(expected, value => value != 0f);
        }
    }

    private static FeaturePipeline Native(FeatureDescription description)
    {
        WindowPasses before = WindowPasses.Registered();
        NativePasses.Register();
        try
        {
            return new FeaturePipeline(description);
        }
        finally
        {
            WindowPasses.Register(before);
        }
    }
}
