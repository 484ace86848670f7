using Tiny.Core.Blobs;

namespace Tiny.Convolution
{
    /// <summary>
    /// How a layer's window walks over what it reads: height and width of the window, its strides, and the places
    /// beyond the edges that it may reach, on each side. Ten bytes of a node's attributes: height, width, stride down,
    /// stride across, padding above, left, below, right, dilation down, dilation across.
    /// </summary>
    /// <remarks>
    /// Shapes are height, width, channels, the channels of a place beside each other. A signal has its time as height and a width of 1.
    /// </remarks>
    /// <seealso cref="Conv2D"/>
    public sealed class Window
    {
        /// <summary>Bytes of a window among a node's attributes.</summary>
        public const int Bytes = 10;

        // Public fields, and not properties: a property costs the device a call of about 400 instructions.

        /// <summary>Taps down.</summary>
        public int Height;

        /// <summary>Taps across.</summary>
        public int Width;

        /// <summary>Places from one window to the one below.</summary>
        public int StrideDown;

        /// <summary>Places from one window to the one beside.</summary>
        public int StrideAcross;

        /// <summary>Places above the first row that the first window reaches.</summary>
        public int Above;

        /// <summary>Places left of the first column that the first window reaches.</summary>
        public int Left;

        /// <summary>Places from one tap to the one below.</summary>
        public int DilationDown;

        /// <summary>Places from one tap to the one beside.</summary>
        public int DilationAcross;

        /// <summary>Rows of what is read.</summary>
        public int InputHeight;

        /// <summary>Columns of what is read.</summary>
        public int InputWidth;

        /// <summary>Channels of what is read.</summary>
        public int Channels;

        /// <summary>Rows of what is given.</summary>
        public int OutputHeight;

        /// <summary>Columns of what is given.</summary>
        public int OutputWidth;

        /// <summary>Taps of the window, those beyond the edges included.</summary>
        public int Taps
        {
            get { return Height * Width; }
        }

        /// <summary>Places of what is given.</summary>
        public int Places
        {
            get { return OutputHeight * OutputWidth; }
        }

        /// <summary>
        /// A window for the node at which the reader stands: its readers share none, so that networks may be made on several threads.
        /// </summary>
        public static Window Of(BlobReader reader)
        {
            Window window = reader.Scratch as Window;
            if (window == null)
            {
                window = new Window();
                reader.Scratch = window;
            }

            return window;
        }

        /// <summary>Takes the window from a node's attributes, and the shape from the buffer that the node reads.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where among the attributes the window begins.</param>
        /// <returns>None, or that window and shape do not fit each other.</returns>
        public BlobError Read(BlobReader reader, int at)
        {
            Height = reader.Attribute(at);
            Width = reader.Attribute(at + 1);
            StrideDown = reader.Attribute(at + 2);
            StrideAcross = reader.Attribute(at + 3);
            Above = reader.Attribute(at + 4);
            Left = reader.Attribute(at + 5);
            DilationDown = reader.Attribute(at + 8);
            DilationAcross = reader.Attribute(at + 9);
            InputHeight = reader.Dimension(reader.Input, 0);
            InputWidth = reader.Dimension(reader.Input, 1);
            Channels = reader.Dimension(reader.Input, 2);
            if (Height == 0 || Width == 0 || StrideDown == 0 || StrideAcross == 0 || DilationDown == 0 || DilationAcross == 0)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, 0, 1);
            }

            // A window that lies beyond an edge altogether would give nothing but the bias, or the largest of nothing.
            int high = (Height - 1) * DilationDown + 1;
            int wide = (Width - 1) * DilationAcross + 1;
            int rows = InputHeight + Above + reader.Attribute(at + 6) - high;
            int columns = InputWidth + Left + reader.Attribute(at + 7) - wide;
            if (rows < 0 || columns < 0 || Above >= high || Left >= wide || reader.Attribute(at + 6) >= high
                || reader.Attribute(at + 7) >= wide)
            {
                return reader.FaultOfNode(BlobError.ShapeDoesNotFit, rows < columns ? rows : columns, 0);
            }

            OutputHeight = rows / StrideDown + 1;
            OutputWidth = columns / StrideAcross + 1;
            return BlobError.None;
        }

        /// <summary>
        /// Copies the values under a window, taps row by row, the channels of a tap beside each other; 0 for taps beyond the edges.
        /// </summary>
        /// <param name="x">What is read, (InputHeight, InputWidth, Channels).</param>
        /// <param name="row">The row of the window among those given.</param>
        /// <param name="column">Its column.</param>
        /// <param name="patch">Receives them, (Taps * Channels) or longer.</param>
        public void Gather(float[] x, int row, int column, float[] patch)
        {
            int channels = Channels;
            int top = row * StrideDown - Above;
            int left = column * StrideAcross - Left;
            int wide = Width * channels;
            int pitch = InputWidth * channels;
            if (left < 0 || left + (Width - 1) * DilationAcross >= InputWidth || top < 0
                || top + (Height - 1) * DilationDown >= InputHeight)
            {
                GatherAtEdge(x, top, left, patch);
            }
            else if (DilationAcross != 1)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    System.Array.Copy(x, (top + tap / Width * DilationDown) * pitch + (left + tap % Width * DilationAcross) * channels,
                        patch, tap * channels, channels);
                }
            }
            else if (wide == pitch && DilationDown == 1)
            {
                // Whole rows: they stand beside each other.
                System.Array.Copy(x, top * pitch, patch, 0, Height * wide);
            }
            else
            {
                int from = top * pitch + left * channels;
                int step = pitch * DilationDown;
                int end = Height * wide;
                for (int to = 0; to != end; to += wide)
                {
                    System.Array.Copy(x, from, patch, to, wide);
                    from += step;
                }
            }
        }

        private void GatherAtEdge(float[] x, int top, int left, float[] patch)
        {
            int channels = Channels;
            int to = 0;
            for (int i = 0; i < Height; i++)
            {
                int y = top + i * DilationDown;
                for (int j = 0; j < Width; j++)
                {
                    int column = left + j * DilationAcross;
                    if (y < 0 || y >= InputHeight || column < 0 || column >= InputWidth)
                    {
                        System.Array.Clear(patch, to, channels);
                    }
                    else
                    {
                        System.Array.Copy(x, (y * InputWidth + column) * channels, patch, to, channels);
                    }

                    to += channels;
                }
            }
        }

        /// <summary>Adds what stands in a patch to the places it was gathered from; what was beyond the edges goes.</summary>
        /// <param name="patch">(Taps * Channels).</param>
        /// <param name="row">The row of the window among those given.</param>
        /// <param name="column">Its column.</param>
        /// <param name="x">Is added to, (InputHeight, InputWidth, Channels).</param>
        public void Scatter(float[] patch, int row, int column, float[] x)
        {
            int channels = Channels;
            int from = 0;
            for (int i = 0; i < Height; i++)
            {
                int y = row * StrideDown - Above + i * DilationDown;
                for (int j = 0; j < Width; j++)
                {
                    int at = column * StrideAcross - Left + j * DilationAcross;
                    if (y >= 0 && y < InputHeight && at >= 0 && at < InputWidth)
                    {
                        at = (y * InputWidth + at) * channels;
                        for (int channel = 0; channel < channels; channel++)
                        {
                            x[at + channel] += patch[from + channel];
                        }
                    }

                    from += channels;
                }
            }
        }
    }
}
