namespace Tiny.Convolution.Learning
{
    /// <summary>Takes gradients through pooling: to the first of the largest values under a window, or to all of them alike.</summary>
    /// <seealso cref="LearningKinds"/>
    public sealed class PoolingLearner : PassingLearner
    {
        private readonly WindowLayer pooling;
        private readonly bool largest;

        /// <summary>A learner of the layer.</summary>
        public PoolingLearner(WindowLayer layer)
            : base(layer)
        {
            pooling = layer;
            largest = layer is MaxPoolingLayer;
        }

        /// <inheritdoc/>
        protected override void Run(float[] x, float[] z)
        {
            pooling.Run(x, z);
        }

        /// <inheritdoc/>
        protected override void Spread(float[] x, float[] dz, float[] dx)
        {
            Window window = pooling.Window;
            int from = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    for (int channel = 0; channel < window.Channels; channel++)
                    {
                        float gradient = dz[from + channel];
                        if (gradient != 0f)
                        {
                            Spread(x, dx, row, column, channel, gradient);
                        }
                    }

                    from += window.Channels;
                }
            }
        }

        private void Spread(float[] x, float[] dx, int row, int column, int channel, float gradient)
        {
            Window w = pooling.Window;
            int best = -1;
            int taps = 0;
            for (int tap = 0; tap < w.Taps; tap++)
            {
                int at = Place(row, column, tap, channel);
                if (at >= 0)
                {
                    taps++;
                    best = best < 0 || x[at] > x[best] ? at : best;
                }
            }

            if (largest)
            {
                dx[best] += gradient;
                return;
            }

            gradient *= 1f / taps;
            for (int tap = 0; tap < w.Taps; tap++)
            {
                int at = Place(row, column, tap, channel);
                if (at >= 0)
                {
                    dx[at] += gradient;
                }
            }
        }

        /// <summary>Where the value under a tap stands; -1 beyond the edges.</summary>
        private int Place(int row, int column, int tap, int channel)
        {
            Window w = pooling.Window;
            int y = row * w.StrideDown - w.Above + tap / w.Width * w.DilationDown;
            int x = column * w.StrideAcross - w.Left + tap % w.Width * w.DilationAcross;
            return y < 0 || y >= w.InputHeight || x < 0 || x >= w.InputWidth ? -1 : (y * w.InputWidth + x) * w.Channels + channel;
        }
    }
}
