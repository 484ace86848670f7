namespace Tiny.Features.Tests;

/// <summary>Windows whose features are the samples themselves.</summary>
public class SamplesTests
{
    [Fact]
    public void A_window_is_given_moment_by_moment_from_the_oldest_sample_on()
    {
        FeaturePipeline pipeline = new(Make.Description(4, 3, FeatureKinds.Samples, ["x", "y"]));
        float[] window = new float[8];
        List<float[]> windows = [];
        for (int i = 0; i < 10; i++)
        {
            if (pipeline.Add([i, 100 + i]))
            {
                pipeline.Compute(window);
                windows.Add([.. window]);
            }
        }

        Assert.Equal(3, windows.Count);
        Assert.Equal([0f, 100f, 1f, 101f, 2f, 102f, 3f, 103f], windows[0]);
        Assert.Equal([6f, 106f, 7f, 107f, 8f, 108f, 9f, 109f], windows[2]);
    }

    [Fact]
    public void The_description_goes_through_its_bytes_and_stands_alone()
    {
        FeatureDescription description =
            FeatureDescription.FromBytes(Make.Description(200, 100, FeatureKinds.Samples, ["x", "y", "z"]).ToBytes());
        Assert.Equal((600, FeatureKinds.Samples, "x_0", "z_199"),
            (description.Count, description.Kinds, description.GetName(0), description.GetName(599)));
        Assert.Equal(FeatureError.UnknownFeature, Make.Description(200, 100, FeatureKinds.Samples | FeatureKinds.Mean).Check());
        Assert.Equal(FeatureError.UnknownFeature, Make.Description(200, 100, FeatureKinds.Samples, bands: [5f]).Check());
    }
}
