namespace Tiny.Core.Tests.Kernels
{
    /// <summary>
    /// The three products of a dense layer, one sample at a time. rows is (units, 1 + inputs): each row is one unit's bias, then its
    /// weights. The order of every sum is part of the contract: desktop and device must add in it to agree to the bit.
    /// </summary>
    public static class ReferenceKernel
    {
        /// <summary>z[u] = bias + w[u, 0] x[0] + w[u, 1] x[1] + ...: bias first, then inputs ascending.</summary>
        public static void Forward(float[] z, float[][] rows, float[] x, int units, int inputs)
        {
            for (int u = 0; u < units; u++)
            {
                float[] row = rows[u];
                float sum = row[0];
                for (int i = 0; i < inputs;)
                {
                    float input = x[i];
                    i++;
                    sum += row[i] * input;
                }

                z[u] = sum;
            }
        }

        /// <summary>dx[i] = 0 + w[0, i] dz[0] + w[1, i] dz[1] + ...: from zero, units ascending.</summary>
        public static void InputGradient(float[] dx, float[][] rows, float[] dz, int units, int inputs)
        {
            for (int i = 0; i < inputs; i++)
            {
                dx[i] = 0f;
            }

            for (int u = 0; u < units; u++)
            {
                float[] row = rows[u];
                float d = dz[u];
                for (int i = 0; i < inputs; i++)
                {
                    dx[i] += row[i + 1] * d;
                }
            }
        }

        /// <summary>bias -= g; w[u, i] = w[u, i] * keep - g x[i], with g = rate * dz[u]. keep is 1 - rate * L2: 1 without decay.</summary>
        public static void Update(float[][] rows, float[] x, float[] dz, float rate, float keep, int units, int inputs)
        {
            for (int u = 0; u < units; u++)
            {
                float[] row = rows[u];
                float g = rate * dz[u];
                row[0] -= g;
                for (int i = 0; i < inputs;)
                {
                    float input = x[i];
                    i++;
                    row[i] = row[i] * keep - g * input;
                }
            }
        }
    }
}
