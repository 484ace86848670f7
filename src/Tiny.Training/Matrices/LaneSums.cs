using System.Runtime.Intrinsics;

namespace Tiny.Training.Matrices;

/// <summary>Sums over a batch's places, in one order on every machine.</summary>
internal static class LaneSums
{
    /// <summary>The sum of a channel over places and lanes.</summary>
    /// <param name="values">(places, channels, 16).</param>
    /// <param name="channel">The channel.</param>
    /// <param name="channels">Channels of a place.</param>
    /// <param name="places">Places, of all groups.</param>
    internal static float Of(float[] values, int channel, int channels, int places)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int place = 0; place < places; place++)
        {
            sum += Vector512.Create(values, (place * channels + channel) * Lanes.Width);
        }

        return Total(sum);
    }

    /// <summary>The sum of a vector's lanes.</summary>
    internal static float Total(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
