using Tiny.Core.Arithmetic;

namespace Tiny.Recurrence.Tests.Int8;

/// <summary>Gated recurrent units with int8 weights as plain loops over the section of a blob, in whole numbers without lanes.</summary>
internal static class Int8Reference
{
    private const int Most = 127;

    /// <summary>The states behind all samples: (steps)(units).</summary>
    internal static float[][] Run(byte[] section, int units, int channels, float[] x)
    {
        int shift = section[4 * channels];
        int biases = 4 * channels + 4;
        int factors = biases + 16 * units;
        int weights = factors + (6 * units + 3) / 4 * 4;
        float[] h = new float[units];
        float[][] states = new float[x.Length / channels][];
        for (int step = 0; step < states.Length; step++)
        {
            int[] sample = [.. Enumerable.Range(0, channels)
                .Select(i => Digit(x[step * channels + i] * BitConverter.ToSingle(section, 4 * i)))];
            int[] state = [.. h.Select(value => Digit(value * Most))];
            float[] next = new float[units];
            for (int unit = 0; unit < units; unit++)
            {
                int at = weights + 3 * unit * (channels + units);
                int[] sums = [.. Enumerable.Range(0, 6).Select(part =>
                {
                    int[] digits = part % 2 == 0 ? sample : state;
                    int from = at;
                    at += digits.Length;
                    return section[factors + 6 * unit + part] * digits.Select((digit, i) => digit * (sbyte)section[from + i]).Sum();
                })];
                int Bias(int bias) => BitConverter.ToInt32(section, biases + 16 * unit + 4 * bias);
                float z = Sigmoid((Bias(0) + sums[0] + sums[1]) >> shift);
                int r = (int)(Sigmoid((Bias(1) + sums[2] + sums[3]) >> shift) * 1024 + 0.5f);
                float n = 2f * Sigmoid((Bias(2) + sums[4] + ((r * (Bias(3) + sums[5])) >> 10)) >> (shift - 1)) - 1f;
                next[unit] = n + (h[unit] - n) * z;
            }

            states[step] = h = next;
        }

        return states;
    }

    private static int Digit(float value) => (int)(Math.Clamp(value, -Most, Most) + 128.5f) - 128;

    /// <summary>At the middle of a step of 1/32.</summary>
    private static float Sigmoid(int step) => 1f / (1f + Exponential.Exp(-((Math.Clamp(step, -256, 255) + 0.5f) / 32)));
}
