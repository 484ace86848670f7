namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C of windows over float32 compute, on the desk: the same order of the same operations, so the same bits. See
    /// WindowKernels.Device.cs.
    /// </summary>
    /// <remarks>Instructions of a call on a board: see src/Tiny.Native/COUNTS.md.</remarks>
    /// <example>
    /// <code>
    /// WindowKernels.GlobalAverage(features, outputs, 16, 3, 1f / 16f); // 16 places of 3 channels
    /// </code>
    /// </example>
    public static class WindowKernels
    {
        // Where numbers of a window stand.
        private const int Height = 0;
        private const int Width = 1;
        private const int StrideDown = 2;
        private const int StrideAcross = 3;
        private const int Above = 4;
        private const int Left = 5;
        private const int DilationDown = 8;
        private const int DilationAcross = 9;
        private const int InputHeight = 10;
        private const int InputWidth = 11;
        private const int Channels = 12;
        private const int OutputHeight = 14;
        private const int OutputWidth = 15;

        /// <summary>A convolution.</summary>
        /// <param name="x">(height, width, channels).</param>
        /// <param name="weights">(filters, taps * channels).</param>
        /// <param name="biases">(filters).</param>
        /// <param name="z">(places, filters). Receives the sums.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        /// <param name="filters">Filters.</param>
        /// <param name="floor">What lower sums become: 0 for ReLU, else negative infinity.</param>
        /// <param name="patch">(taps * channels). It is overwritten.</param>
        public static void Convolution(
            float[] x, float[] weights, float[] biases, float[] z, int[] window, int filters, float floor, float[] patch)
        {
            int each = window[Height] * window[Width] * window[Channels];
            int to = 0;
            for (int place = 0; place < window[OutputHeight] * window[OutputWidth]; place++)
            {
                Gather(x, window, place, patch);
                for (int filter = 0; filter < filters; filter++)
                {
                    float sum = biases[filter];
                    for (int i = 0; i < each; i++)
                    {
                        sum += weights[filter * each + i] * patch[i];
                    }

                    z[to++] = sum < floor ? floor : sum;
                }
            }
        }

        /// <summary>A convolution of each channel by itself.</summary>
        /// <param name="x">(height, width, channels).</param>
        /// <param name="weights">(taps, channels).</param>
        /// <param name="biases">(channels).</param>
        /// <param name="z">(places, channels). Receives the sums.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        public static void DepthwiseConvolution(float[] x, float[] weights, float[] biases, float[] z, int[] window)
        {
            int channels = window[Channels];
            int to = 0;
            for (int place = 0; place < window[OutputHeight] * window[OutputWidth]; place++)
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    float sum = biases[channel];
                    for (int tap = 0; tap < window[Height] * window[Width]; tap++)
                    {
                        int at = At(window, place, tap);
                        if (at >= 0)
                        {
                            sum += weights[tap * channels + channel] * x[at + channel];
                        }
                    }

                    z[to++] = sum;
                }
            }
        }

        /// <summary>The first of the largest values under the window, of each channel.</summary>
        /// <param name="x">(height, width, channels).</param>
        /// <param name="z">(places, channels). Receives the values.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        public static void MaxPooling(float[] x, float[] z, int[] window)
        {
            int to = 0;
            for (int place = 0; place < window[OutputHeight] * window[OutputWidth]; place++)
            {
                for (int channel = 0; channel < window[Channels]; channel++)
                {
                    float best = 0f;
                    bool first = true;
                    for (int tap = 0; tap < window[Height] * window[Width]; tap++)
                    {
                        int at = At(window, place, tap);
                        if (at >= 0 && (first || x[at + channel] > best))
                        {
                            best = x[at + channel];
                            first = false;
                        }
                    }

                    z[to++] = best;
                }
            }
        }

        /// <summary>The mean of the values under the window within the edges, of each channel.</summary>
        /// <param name="x">(height, width, channels).</param>
        /// <param name="z">(places, channels). Receives the values.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        public static void AveragePooling(float[] x, float[] z, int[] window)
        {
            int to = 0;
            for (int place = 0; place < window[OutputHeight] * window[OutputWidth]; place++)
            {
                for (int channel = 0; channel < window[Channels]; channel++)
                {
                    float sum = 0f;
                    int taps = 0;
                    for (int tap = 0; tap < window[Height] * window[Width]; tap++)
                    {
                        int at = At(window, place, tap);
                        if (at >= 0)
                        {
                            sum += x[at + channel];
                            taps++;
                        }
                    }

                    z[to++] = sum * (1f / taps);
                }
            }
        }

        /// <summary>z[c] = (x[0, c] + x[1, c] + ..) * factor.</summary>
        /// <param name="x">(places, channels).</param>
        /// <param name="z">(channels). Receives the means.</param>
        /// <param name="places">Places.</param>
        /// <param name="channels">Channels.</param>
        /// <param name="factor">One over the places.</param>
        public static void GlobalAverage(float[] x, float[] z, int places, int channels, float factor)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0f;
                for (int place = 0; place < places; place++)
                {
                    sum += x[place * channels + channel];
                }

                z[channel] = sum * factor;
            }
        }

        private static void Gather(float[] x, int[] window, int place, float[] patch)
        {
            int channels = window[Channels];
            for (int tap = 0; tap < window[Height] * window[Width]; tap++)
            {
                int at = At(window, place, tap);
                for (int channel = 0; channel < channels; channel++)
                {
                    patch[tap * channels + channel] = at >= 0 ? x[at + channel] : 0f;
                }
            }
        }

        /// <summary>Where the channels under a tap begin; -1 beyond the edges.</summary>
        private static int At(int[] window, int place, int tap)
        {
            int row = place / window[OutputWidth];
            int column = place % window[OutputWidth];
            int y = row * window[StrideDown] - window[Above] + tap / window[Width] * window[DilationDown];
            int at = column * window[StrideAcross] - window[Left] + tap % window[Width] * window[DilationAcross];
            bool inside = y >= 0 && y < window[InputHeight] && at >= 0 && at < window[InputWidth];
            return inside ? (y * window[InputWidth] + at) * window[Channels] : -1;
        }
    }
}
