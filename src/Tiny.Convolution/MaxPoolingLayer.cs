namespace Tiny.Convolution
{
    /// <summary>The largest value under the window, of each channel.</summary>
    /// <seealso cref="MaxPooling"/>
    public class MaxPoolingLayer : WindowLayer
    {
        /// <inheritdoc/>
        public override int Kind
        {
            get { return MaxPooling.MaxPoolingCode; }
        }

        /// <inheritdoc/>
        public override void Run(float[] x, float[] z)
        {
            Window w = Window;
            int to = 0;
            bool square = w.Height == 2 && w.Width == 2 && w.DilationDown == 1 && w.DilationAcross == 1;
            for (int row = 0; row < w.OutputHeight; row++)
            {
                int top = row * w.StrideDown - w.Above;
                for (int column = 0; column < w.OutputWidth; column++)
                {
                    int left = column * w.StrideAcross - w.Left;
                    if (square && top >= 0 && left >= 0 && top + 1 < w.InputHeight && left + 1 < w.InputWidth)
                    {
                        Four(x, z, (top * w.InputWidth + left) * w.Channels, to, w.Channels, w.InputWidth * w.Channels);
                    }
                    else
                    {
                        Any(w, x, z, top, left, to);
                    }

                    to += w.Channels;
                }
            }
        }

        /// <summary>A window of two by two, whole: a place at a time, so that what stays the same costs each channel nothing.</summary>
        private static void Four(float[] x, float[] z, int at, int to, int channels, int pitch)
        {
            int end = at + channels;
            int right = channels;
            int below = pitch;
            int across = pitch + channels;
            do
            {
                float largest = x[at];
                float value = x[at + right];
                if (value > largest)
                {
                    largest = value;
                }

                value = x[at + below];
                if (value > largest)
                {
                    largest = value;
                }

                value = x[at + across];
                if (value > largest)
                {
                    largest = value;
                }

                z[to] = largest;
                to++;
                at++;
            }
            while (at != end);
        }

        private static void Any(Window w, float[] x, float[] z, int top, int left, int to)
        {
            int channels = w.Channels;
            bool first = true;
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

                    at = (y * w.InputWidth + at) * channels;
                    for (int channel = 0; channel < channels; channel++)
                    {
                        float value = x[at + channel];
                        if (first || value > z[to + channel])
                        {
                            z[to + channel] = value;
                        }
                    }

                    first = false;
                }
            }
        }
    }
}
