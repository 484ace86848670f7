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
    internal static float Of(float[] values, int channel, int channels, int places) =>
        Total(Add(Vector512<float>.Zero, values, channel * Lanes.Width, channels * Lanes.Width, places));

    /// <summary>Adds some places of a channel, each lane by itself.</summary>
    /// <param name="sum">What is there already.</param>
    /// <param name="values">(places, channels, 16).</param>
    /// <param name="at">Where the channel stands in the first place.</param>
    /// <param name="step">Floats from one place to the next.</param>
    /// <param name="places">Places.</param>
    internal static Vector512<float> Add(Vector512<float> sum, float[] values, int at, int step, int places)
    {
        for (int place = 0; place < places; place++)
        {
            sum += Vector512.Create(values, at + place * step);
        }

        return sum;
    }

    /// <summary>The sum of a vector's lanes.</summary>
    internal static float Total(Vector512<float> lanes)
    {
        Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
