// Over 300 lines: the one pass over a window is written out, feature by feature.
using Tiny.Core.Arithmetic;

namespace Tiny.Features
{
    /// <summary>
    /// The features of one channel's window, from the oldest sample to the latest, each sum in one accumulator. One pass finds mean, least, greatest
    /// and differences; one more what is about the mean; one for each band.
    /// </summary>
    /// <remarks>What each costs is in tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    internal sealed class WindowFeatures
    {
        /// <summary>Samples over which a band's strength is found: it is as wide as the rate over this.</summary>
        internal const int BandBlock = 64;

        private readonly FeatureKinds kinds;
        private readonly float[] coefficients; // (bands), null without any
        private float mean;
        private float least;
        private float greatest;
        private float meanDifference;

        internal WindowFeatures(FeatureDescription description)
        {
            kinds = description.Kinds;
            Count = description.Count;
            if (description.Bands > 0)
            {
                coefficients = new float[description.Bands];
                for (int i = 0; i < coefficients.Length; i++)
                {
                    coefficients[i] = description.GetCoefficient(i);
                }
            }
        }

        internal int Count { get; }

        /// <summary>Writes the features of a ring whose oldest sample is at <paramref name="oldest"/>; returns where the next channel's go.</summary>
        internal int Compute(float[] destination, int at, float[] ring, int oldest)
        {
            if ((kinds & (FeatureKinds.Minimum | FeatureKinds.Maximum | FeatureKinds.MeanDifference)) != 0)
            {
                FindRange(ring, oldest);
            }
            else
            {
                FindMean(ring, oldest);
            }

            if ((kinds & FeatureKinds.Mean) != 0)
            {
                destination[at++] = mean;
            }

            if ((kinds & FeatureKinds.Deviation) != 0)
            {
                destination[at++] = Deviation(ring, oldest);
            }

            if ((kinds & FeatureKinds.Minimum) != 0)
            {
                destination[at++] = least;
            }

            if ((kinds & FeatureKinds.Maximum) != 0)
            {
                destination[at++] = greatest;
            }

            if ((kinds & FeatureKinds.MeanDifference) != 0)
            {
                destination[at++] = meanDifference;
            }

            if ((kinds & FeatureKinds.Crossings) != 0)
            {
                destination[at++] = Crossings(ring, oldest);
            }

            if (coefficients != null)
            {
                for (int band = 0; band < coefficients.Length; band++)
                {
                    destination[at++] = Band(ring, oldest, coefficients[band]);
                }
            }

            return at;
        }

        // Each pass goes through the ring in two parts: from the oldest sample to the ring's end, then from its beginning. Several samples a turn
        // share the cost of the loop; the sums stay in one order.

        private void FindMean(float[] ring, int oldest)
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

            mean = sum / ring.Length;
        }

        private void FindRange(float[] ring, int oldest)
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

            mean = sum / ring.Length;
            least = low;
            greatest = high;
            meanDifference = change / (ring.Length - 1);
        }

        /// <summary>About the mean, which was found before: no difference of two large sums.</summary>
        private float Deviation(float[] ring, int oldest)
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

        private float Crossings(float[] ring, int oldest)
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
        /// The root mean square of what the signal has about a frequency, by Goertzel's recursion over blocks of 64 samples, or the whole of a shorter
        /// window: sqrt(2) |X| / n for each, and of these the root mean square. Samples behind the last whole block do not count.
        /// </summary>
        private float Band(float[] ring, int oldest, float coefficient)
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
