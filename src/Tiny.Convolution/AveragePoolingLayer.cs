namespace Tiny.Convolution
{
    /// <summary>The mean of the values under the window, of each channel.</summary>
    /// <seealso cref="AveragePooling"/>
    public class AveragePoolingLayer : WindowLayer
    {
        /// <inheritdoc/>
        public override int Kind
        {
            get { return AveragePooling.AveragePoolingCode; }
        }

        /// <inheritdoc/>
        public override void Run(float[] x, float[] z)
        {
            Window w = Window;
            int to = 0;
            for (int row = 0; row < w.OutputHeight; row++)
            {
                for (int column = 0; column < w.OutputWidth; column++)
                {
                    Mean(w, x, z, row * w.StrideDown - w.Above, column * w.StrideAcross - w.Left, to);
                    to += w.Channels;
                }
            }
        }

        private static void Mean(Window w, float[] x, float[] z, int top, int left, int to)
        {
            int channels = w.Channels;
            System.Array.Clear(z, to, channels);
            int taps = 0;
            for (int i = 0; i < w.Height; i++)
            {
                int y = top + i * w.DilationDown;
                for (int j = 0; j < w.Width; j++)
                {
                    int at = left + j * w.DilationAcross;
                    if (y < 0 || y >= w.InputHeight || at < 0 || at >= w.InputWidth)
                    {
                        continue;
                    }

                    taps++;
                    at = (y * w.InputWidth + at) * channels;
                    for (int channel = 0; channel < channels; channel++)
                    {
                        z[to + channel] += x[at + channel];
                    }
                }
            }

            float factor = 1f / taps;
            for (int channel = 0; channel < channels; channel++)
            {
                z[to + channel] *= factor;
            }
        }
    }
}
