// Over 300 lines: the passes over a window are written out.
using Tiny.Core.Arithmetic;

namespace Tiny.Features
{
    /// <summary>
    /// The passes over one channel's window, from the oldest sample to the latest, each sum in one accumulator. Other passes
    /// that are registered, as those of Tiny.Native.Features, take their place, with the same bits.
    /// </summary>
    /// <remarks>
    /// A pass goes over the window once and allocates nothing. Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="FeaturePipeline"/>
    public class WindowPasses
    {
        /// <summary>Samples over which a band's strength is found: it is as wide as the rate over this.</summary>
        public const int BandBlock = 64;

        /// <summary>Values that <see cref="FindRange"/> finds.</summary>
        public const int RangeCount = 4;

        /// <summary>Where among them the mean is.</summary>
        public const int Mean = 0;

        /// <summary>Where the least sample is.</summary>
        public const int Least = 1;

        /// <summary>Where the greatest sample is.</summary>
        public const int Greatest = 2;

        /// <summary>Where the mean difference from one sample to the next is, without its sign.</summary>
        public const int MeanDifference = 3;

        private static WindowPasses registered;

        /// <summary>Makes passes those of all pipelines that are made from now on.</summary>
        public static void Register(WindowPasses passes)
        {
            registered = passes;
        }

        /// <summary>The passes that were registered last; else these.</summary>
        public static WindowPasses Registered()
        {
            if (registered == null)
            {
                registered = new WindowPasses();
            }

            return registered;
        }

        // Each pass goes through the ring in two parts: from the oldest sample to the ring's end, then from its
        // beginning. Several samples a turn share the cost of the loop; the sums stay in one order.

        /// <summary>The mean alone.</summary>
        /// <param name="ring">(window), the samples of one channel, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to window - 1.</param>
        /// <param name="values">(<see cref="RangeCount"/>) receives it in its place; what the others hold is of no meaning.</param>
        public virtual void FindMean(float[] ring, int oldest, float[] values)
        {
            float sum = 0f;
            int from = oldest;
            int to = ring.Length;
            for (int part = 0; part < 2; part++)
            {
                int i = from;
                for (; i + 3 < to; i += 4)
                {
                    sum = sum + ring[i] + ring[i + 1] + ring[i + 2] + ring[i + 3];
                }

                for (; i < to; i++)
                {
                    sum += ring[i];
                }

                from = 0;
                to = oldest;
            }

            values[Mean] = sum / ring.Length;
        }

        /// <summary>Mean, least, greatest and mean difference.</summary>
        /// <param name="ring">(window), the samples of one channel, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to window - 1.</param>
        /// <param name="values">(<see cref="RangeCount"/>) receives them.</param>
        public virtual void FindRange(float[] ring, int oldest, float[] values)
        {
            float sum = 0f;
            float change = 0f;
            float before = ring[oldest];
            float low = before;
            float high = before;
            int from = oldest;
            int to = ring.Length;
            for (int part = 0; part < 2; part++)
            {
                int i = from;
                for (; i + 1 < to; i += 2)
                {
                    float first = ring[i];
                    float second = ring[i + 1];
                    sum = sum + first + second;
                    if (first >= before)
                    {
                        // Rising: it may be a new greatest, but no new least.
                        change += first - before;
                        if (first > high)
                        {
                            high = first;
                        }
                    }
                    else
                    {
                        change += before - first;
                        if (first < low)
                        {
                            low = first;
                        }
                    }

                    if (second >= first)
                    {
                        change += second - first;
                        if (second > high)
                        {
                            high = second;
                        }
                    }
                    else
                    {
                        change += first - second;
                        if (second < low)
                        {
                            low = second;
                        }
                    }

                    before = second;
                }

                for (; i < to; i++)
                {
                    float value = ring[i];
                    sum += value;
                    if (value >= before)
                    {
                        change += value - before;
                        if (value > high)
                        {
                            high = value;
                        }
                    }
                    else
                    {
                        change += before - value;
                        if (value < low)
                        {
                            low = value;
                        }
                    }

                    before = value;
                }

                from = 0;
                to = oldest;
            }

            values[Mean] = sum / ring.Length;
            values[Least] = low;
            values[Greatest] = high;
            values[MeanDifference] = change / (ring.Length - 1);
        }

        /// <summary>The root mean square about the mean, which was found before: no difference of two large sums.</summary>
        /// <param name="ring">(window), the samples of one channel, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to window - 1.</param>
        /// <param name="mean">Their mean, in the unit of the channel.</param>
        public virtual float Deviation(float[] ring, int oldest, float mean)
        {
            float middle = mean;
            float squares = 0f;
            int from = oldest;
            int to = ring.Length;
            for (int part = 0; part < 2; part++)
            {
                int i = from;
                for (; i + 3 < to; i += 4)
                {
                    float a = ring[i] - middle;
                    float b = ring[i + 1] - middle;
                    float c = ring[i + 2] - middle;
                    float d = ring[i + 3] - middle;
                    squares = squares + a * a + b * b + c * c + d * d;
                }

                for (; i < to; i++)
                {
                    float a = ring[i] - middle;
                    squares += a * a;
                }

                from = 0;
                to = oldest;
            }

            return SquareRoot.Of(squares / ring.Length);
        }

        /// <summary>How often the mean is crossed, of the steps from one sample to the next.</summary>
        /// <param name="ring">(window), the samples of one channel, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to window - 1.</param>
        /// <param name="mean">Their mean, in the unit of the channel.</param>
        /// <returns>From 0 to 1.</returns>
        public virtual float Crossings(float[] ring, int oldest, float mean)
        {
            float middle = mean;
            int crossings = 0;
            bool above = ring[oldest] >= middle;
            int from = oldest;
            int to = ring.Length;
            for (int part = 0; part < 2; part++)
            {
                for (int i = from; i < to; i++)
                {
                    if (ring[i] >= middle != above)
                    {
                        above = !above;
                        crossings++;
                    }
                }

                from = 0;
                to = oldest;
            }

            return (float)crossings / (ring.Length - 1);
        }

        /// <summary>
        /// The root mean square of what the signal has about a frequency, by Goertzel's recursion over blocks
        /// of 64 samples, or the whole of a shorter window: sqrt(2) |X| / n for each, and of these the root
        /// mean square. Samples behind the last whole block do not count.
        /// </summary>
        /// <param name="ring">(window), the samples of one channel, each followed by the next, the last by the first.</param>
        /// <param name="oldest">Where the oldest one is, from 0 to window - 1.</param>
        /// <param name="mean">Their mean, in the unit of the channel.</param>
        /// <param name="coefficient">2 cos(2 pi frequency / rate), from -2 to 2.</param>
        public virtual float Band(float[] ring, int oldest, float mean, float coefficient)
        {
            float middle = mean;
            int window = ring.Length;
            int length = window < BandBlock ? window : BandBlock;
            int blocks = window / length;
            float power = 0f;
            int at = oldest;
            for (int block = 0; block < blocks; block++)
            {
                float s1 = 0f;
                float s2 = 0f;
                int left = length;
                while (left > 0)
                {
                    int to = at + left < window ? at + left : window;
                    left -= to - at;
                    for (; at < to; at++)
                    {
                        float s = ring[at] - middle + coefficient * s1 - s2;
                        s2 = s1;
                        s1 = s;
                    }

                    at = at == window ? 0 : at;
                }

                power += s1 * s1 + s2 * s2 - coefficient * s1 * s2;
            }

            float mean2 = 2f * power / ((float)blocks * length * length);
            return SquareRoot.Of(mean2);
        }
    }
}
