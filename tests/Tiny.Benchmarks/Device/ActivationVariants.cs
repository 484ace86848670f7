// Sigmoid in the ways that an interpreter may take, each over a whole array, written for the device: C# 9, mscorlib alone.
namespace Tiny.Benchmarks.Device
{
    /// <summary>Variants of the sigmoid. tanh(x) is 2 sigmoid(2 x) - 1 in every one of them, with twice the error.</summary>
    public static class ActivationVariants
    {
        private static float[] nearest = new float[0];
        private static float[] points = new float[0];
        private static float[] intercepts = new float[0];
        private static float[] slopes = new float[0];

        /// <summary>Builds the tables from values of the sigmoid: (pieces + 1) points from -range to range.</summary>
        public static void Prepare(float[] values, float range)
        {
            int pieces = values.Length - 1;
            points = values;
            nearest = values;
            intercepts = new float[pieces];
            slopes = new float[pieces];
            float step = 2f * range / pieces;
            for (int i = 0; i < pieces; i++)
            {
                float left = i * step - range;
                slopes[i] = (values[i + 1] - values[i]) / step;
                intercepts[i] = values[i] - slopes[i] * left;
            }
        }

        /// <summary>0 below -2.5, 1 above 2.5, a straight line between.</summary>
        public static void Hard(float[] z, int count)
        {
            for (int i = 0; i < count; i++)
            {
                float x = z[i] * 0.2f + 0.5f;
                z[i] = x < 0f ? 0f : x > 1f ? 1f : x;
            }
        }

        /// <summary>The nearest of the points.</summary>
        public static void Nearest(float[] z, int count)
        {
            float[] t = nearest;
            float scale = 12f;
            float half = (t.Length - 1) * 0.5f + 0.5f;
            int last = t.Length - 1;
            for (int i = 0; i < count; i++)
            {
                float x = z[i];
                x = x < 10.6f ? x > -10.6f ? x : -10.6f : 10.6f;
                int at = (int)(x * scale + half);
                z[i] = t[at > last ? last : at];
            }
        }

        /// <summary>Between two points, both looked up.</summary>
        public static void Interpolated(float[] z, int count)
        {
            float[] t = points;
            for (int i = 0; i < count; i++)
            {
                float x = z[i];
                if (x < 10.66f)
                {
                    if (x > -10.66f)
                    {
                        float u = x * 12f + 128f;
                        int at = (int)u;
                        float s = t[at];
                        z[i] = s + (u - at) * (t[at + 1] - s);
                    }
                    else
                    {
                        z[i] = 0f;
                    }
                }
                else
                {
                    z[i] = x >= 10.66f ? 1f : x;
                }
            }
        }

        /// <summary>Slope and intercept of each piece: what Tiny.Core does, with chords that are not shifted.</summary>
        public static void SlopeIntercept(float[] z, int count)
        {
            float[] a = intercepts;
            float[] b = slopes;
            for (int i = 0; i < count; i++)
            {
                float x = z[i];
                if (x < 10.66f)
                {
                    if (x > -10.66f)
                    {
                        int at = (int)(x * 12f + 128f);
                        z[i] = a[at] + x * b[at];
                    }
                    else
                    {
                        z[i] = 0f;
                    }
                }
                else
                {
                    z[i] = x >= 10.66f ? 1f : x;
                }
            }
        }

        /// <summary>tanh(x / 2) as x P(x^2) / Q(x^2), Lambert's fraction to x^5 over x^6, held past 7.</summary>
        public static void Rational(float[] z, int count)
        {
            for (int i = 0; i < count; i++)
            {
                float x = z[i] * 0.5f;
                x = x < 4.97f ? x > -4.97f ? x : -4.97f : 4.97f;
                float q = x * x;
                float t = x * (135135f + q * (17325f + q * (378f + q))) / (135135f + q * (62370f + q * (3150f + q * 28f)));
                z[i] = 0.5f + 0.5f * (t > 1f ? 1f : t < -1f ? -1f : t);
            }
        }
    }
}
