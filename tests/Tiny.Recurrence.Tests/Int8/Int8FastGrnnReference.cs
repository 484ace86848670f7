using Tiny.Core.Arithmetic;

namespace Tiny.Recurrence.Tests.Int8;

/// <summary>FastGRNN units with int8 weights as plain loops over the section of a blob, in whole numbers without lanes.</summary>
internal static class Int8FastGrnnReference
{
    /// <summary>The states behind all samples: (steps)(units).</summary>
    internal static float[][] Run(byte[] section, int units, int channels, float[] x)
    {
        int both = channels + units;
        float Number(int at) => BitConverter.ToSingle(section, at);
        (float zeta, float nu, int shift) = (Number(4 * both), Number(4 * both + 4), section[4 * both + 8]);
        int biases = 4 * both + 12;
        int factors = biases + 8 * units;
        int weights = factors + (2 * units + 3) / 4 * 4;
        float[] h = new float[units];
        float[][] states = new float[x.Length / channels][];
        for (int step = 0; step < states.Length; step++)
        {
            int[] digits =
            [
                .. Enumerable.Range(0, channels)
                    .Select(i => (int)(Math.Clamp(x[step * channels + i] * Number(4 * i), -127, 127) + 128.5f) - 128),
                .. h.Select((value, i) => (int)Math.Clamp(value * Number(4 * (channels + i)) + 128.5f, 0, 255) - 128),
            ];
            float[] next = new float[units];
            for (int unit = 0; unit < units; unit++)
            {
                int sum = BitConverter.ToInt32(section, biases + 8 * unit);
                for (int i = 0; i < both; i++)
                {
                    sum += digits[i] * (sbyte)section[weights + unit * both + i] * section[factors + 2 * unit + (i < channels ? 0 : 1)];
                }

                float z = Sigmoid(sum >> shift);
                float n = 2f * Sigmoid((sum + BitConverter.ToInt32(section, biases + 8 * unit + 4)) >> (shift - 1)) - 1f;
                next[unit] = (zeta + nu) * n + (h[unit] - zeta * n) * z;
            }

            states[step] = h = next;
        }

        return states;
    }

    /// <summary>At the middle of a step of 1/32.</summary>
    private static float Sigmoid(int step) => 1f / (1f + Exponential.Exp(-((Math.Clamp(step, -256, 255) + 0.5f) / 32)));
}
