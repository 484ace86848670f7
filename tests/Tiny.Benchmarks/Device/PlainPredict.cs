namespace Tiny.Core.Tests.Kernels
{
    /// <summary>A whole prediction and a learning step as one would first write them: the baseline, for the device.</summary>
    public static class PlainPredict
    {
        /// <summary>The class: inputs normalized, layers of weights (units)(1 + inputs), ReLU between them, the largest sum.</summary>
        public static int Predict(float[] sample, float[] means, float[] scales, float[][][] layers)
        {
            float[] x = new float[sample.Length];
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (sample[i] - means[i]) * scales[i];
            }

            for (int layer = 0; layer < layers.Length; layer++)
            {
                float[] z = new float[layers[layer].Length];
                ReferenceKernel.Forward(z, layers[layer], x, z.Length, x.Length);
                for (int i = 0; i < z.Length && layer < layers.Length - 1; i++)
                {
                    if (z[i] < 0f)
                    {
                        z[i] = 0f;
                    }
                }

                x = z;
            }

            int best = 0;
            for (int i = 1; i < x.Length; i++)
            {
                if (x[i] > x[best])
                {
                    best = i;
                }
            }

            return best;
        }

        /// <summary>Weights of a layer: all the same, for counting.</summary>
        public static float[][] Layer(int units, int inputs)
        {
            float[][] rows = new float[units][];
            for (int u = 0; u < units; u++)
            {
                rows[u] = new float[1 + inputs];
                for (int i = 0; i < rows[u].Length; i++)
                {
                    rows[u][i] = 0.01f;
                }
            }

            return rows;
        }

        /// <summary>The network 33-20-10-4, for <see cref="Predict"/>.</summary>
        public static float[][][] Example()
        {
            return new float[][][] { Layer(20, 33), Layer(10, 20), Layer(4, 10) };
        }
    }
}
