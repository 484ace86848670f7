using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>The largest byte under the window, or the mean, of each channel.</summary>
    /// <remarks>Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8PoolingLayer : ByteLayer
    {
        /// <summary>(<see cref="ByteWindow.Count"/>), how the window walks.</summary>
        public readonly int[] Window = new int[ByteWindow.Count];

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8PoolingLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            ByteWindow.Read(reader, ByteKind.OwnAt, Window);
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            int[] w = Window;
            bool largest = Kind == Int8Pooling.MaxCode;
            int to = 0;
            for (int row = 0; row < w[ByteWindow.OutputHeight]; row++)
            {
                // The taps within the edges are a rectangle of its own in each window: its corners are found once for all channels.
                int top = row * w[ByteWindow.StrideDown] - w[ByteWindow.Above];
                int down = Inside(ref top, w[ByteWindow.Height], w[ByteWindow.DilationDown], w[ByteWindow.InputHeight]);
                for (int column = 0; column < w[ByteWindow.OutputWidth]; column++)
                {
                    int left = column * w[ByteWindow.StrideAcross] - w[ByteWindow.Left];
                    int across = Inside(ref left, w[ByteWindow.Width], w[ByteWindow.DilationAcross], w[ByteWindow.InputWidth]);
                    Place(x, (top * w[ByteWindow.InputWidth] + left) * w[ByteWindow.Channels], to, down, across, w, largest);
                    to += w[ByteWindow.Channels];
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

        /// <summary>All channels of one place.</summary>
        /// <param name="x">(height, width, channels) bytes, what is read.</param>
        /// <param name="at">Where the first tap within the edges stands.</param>
        /// <param name="to">Where what is given goes.</param>
        /// <param name="down">Taps down within the edges.</param>
        /// <param name="across">Taps across within the edges.</param>
        /// <param name="w">(<see cref="ByteWindow.Count"/>), the window.</param>
        /// <param name="max">Whether the largest is given, or else the mean.</param>
        protected virtual void Place(byte[] x, int at, int to, int down, int across, int[] w, bool max)
        {
            byte[] z = Bytes;
            int step = w[ByteWindow.DilationAcross] * w[ByteWindow.Channels];
            int skip = w[ByteWindow.DilationDown] * w[ByteWindow.InputWidth] * w[ByteWindow.Channels] - across * step;
            int end = to + w[ByteWindow.Channels];
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
