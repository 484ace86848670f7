using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>The largest byte under the window, or the mean, of each channel.</summary>
    public sealed class Int8PoolingLayer : ByteLayer
    {
        /// <summary>How the window walks.</summary>
        public readonly ByteWindow Window = new ByteWindow();

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8PoolingLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Window.Read(reader, ByteKind.OwnAt);
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            ByteWindow w = Window;
            bool largest = Kind == Int8Pooling.MaxCode;
            int to = 0;
            for (int row = 0; row < w.OutputHeight; row++)
            {
                // The taps within the edges are a rectangle of its own in each window: its corners are found once for all channels.
                int top = row * w.StrideDown - w.Above;
                int down = Inside(ref top, w.Height, w.DilationDown, w.InputHeight);
                for (int column = 0; column < w.OutputWidth; column++)
                {
                    int left = column * w.StrideAcross - w.Left;
                    int across = Inside(ref left, w.Width, w.DilationAcross, w.InputWidth);
                    Place(x, (top * w.InputWidth + left) * w.Channels, to, down, across, w, largest);
                    to += w.Channels;
                }
            }
        }

        /// <summary>Taps within the edges; the first becomes one of them.</summary>
        private static int Inside(ref int first, int taps, int dilation, int length)
        {
            while (first < 0)
            {
                first += dilation;
                taps--;
            }

            while (first + (taps - 1) * dilation >= length)
            {
                taps--;
            }

            return taps;
        }

        private void Place(byte[] x, int at, int to, int down, int across, ByteWindow w, bool max)
        {
            byte[] z = Bytes;
            int step = w.DilationAcross * w.Channels;
            int skip = w.DilationDown * w.InputWidth * w.Channels - across * step;
            int end = to + w.Channels;
            int taps = down * across;
            do
            {
                int largest = 0;
                int sum = 0;
                int from = at;
                int i = down;
                do
                {
                    int j = across;
                    do
                    {
                        int value = x[from];
                        if (value > largest)
                        {
                            largest = value;
                        }

                        sum += value;
                        from += step;
                        j--;
                    }
                    while (j != 0);
                    from += skip;
                    i--;
                }
                while (i != 0);
                z[to] = (byte)(max ? largest : (2 * sum + taps) / (2 * taps));
                to++;
                at++;
            }
            while (to != end);
        }
    }
}
