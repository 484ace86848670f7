using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// How a window walks over bytes: the ten bytes of a node's attributes (BLOB-FORMAT.md, Windows), and the shapes that
    /// follow from them. Numbers in an array, as a field takes a board's heap three times as much.
    /// </summary>
    /// <seealso cref="Int8Convolutions"/>
    public static class ByteWindow
    {
        /// <summary>Bytes of a window among a node's attributes; they come first, in their order.</summary>
        public const int Bytes = 10;

        /// <summary>Taps down.</summary>
        public const int Height = 0;

        /// <summary>Taps across.</summary>
        public const int Width = 1;

        /// <summary>Places from one window to the one below.</summary>
        public const int StrideDown = 2;

        /// <summary>Places from one window to the one beside.</summary>
        public const int StrideAcross = 3;

        /// <summary>Places above the first row that the first window reaches.</summary>
        public const int Above = 4;

        /// <summary>Places left of the first column that the first window reaches.</summary>
        public const int Left = 5;

        /// <summary>Places below the last row that may be reached.</summary>
        public const int Below = 6;

        /// <summary>Places right of the last column that may be reached.</summary>
        public const int Right = 7;

        /// <summary>Places from one tap to the one below.</summary>
        public const int DilationDown = 8;

        /// <summary>Places from one tap to the one beside.</summary>
        public const int DilationAcross = 9;

        /// <summary>Rows of what is read.</summary>
        public const int InputHeight = 10;

        /// <summary>Columns of what is read.</summary>
        public const int InputWidth = 11;

        /// <summary>Channels of what is read.</summary>
        public const int Channels = 12;

        /// <summary>Columns of what is read with the places beyond the edges.</summary>
        public const int PaddedWidth = 13;

        /// <summary>Rows of what is given.</summary>
        public const int OutputHeight = 14;

        /// <summary>Columns of what is given.</summary>
        public const int OutputWidth = 15;

        /// <summary>Numbers of a window.</summary>
        public const int Count = 16;

        /// <summary>
        /// A window for the node at which the reader stands: its readers share none, so that networks may be made on several threads.
        /// </summary>
        /// <param name="reader">Stands at the node.</param>
        /// <returns>(<see cref="Count"/>), not yet filled.</returns>
        public static int[] Of(BlobReader reader)
        {
            int[] window = reader.Scratch as int[];
            if (window == null)
            {
                window = new int[Count];
                reader.Scratch = window;
            }

            return window;
        }

        /// <summary>Takes the window from a node's attributes, and the shape from the buffer that the node reads.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where among the attributes the window begins.</param>
        /// <param name="w">(<see cref="Count"/>). Becomes the window.</param>
        /// <returns>None, or that window and shape do not fit each other.</returns>
        public static BlobError Read(BlobReader reader, int at, int[] w)
        {
            for (int i = 0; i < Bytes; i++)
            {
                w[i] = reader.Attribute(at + i);
            }

            for (int i = 0; i < 3; i++)
            {
                w[InputHeight + i] = reader.Dimension(reader.Input, i);
            }

            if (w[Height] == 0 || w[Width] == 0 || w[StrideDown] == 0 || w[StrideAcross] == 0 || w[DilationDown] == 0
                || w[DilationAcross] == 0)
            {
                return reader.FaultOfNode(BlobError.AttributesMalformed, 0, 1);
            }

            // A window that lies beyond an edge altogether would give nothing but the bias, or the largest of nothing.
            int high = (w[Height] - 1) * w[DilationDown] + 1;
            int wide = (w[Width] - 1) * w[DilationAcross] + 1;
            w[PaddedWidth] = w[InputWidth] + w[Left] + w[Right];
            int rows = w[InputHeight] + w[Above] + w[Below] - high;
            int columns = w[PaddedWidth] - wide;
            if (rows < 0 || columns < 0 || w[Above] >= high || w[Left] >= wide || w[Below] >= high || w[Right] >= wide)
            {
                return reader.FaultOfNode(BlobError.ShapeDoesNotFit, rows < columns ? rows : columns, 0);
            }

            w[OutputHeight] = rows / w[StrideDown] + 1;
            w[OutputWidth] = columns / w[StrideAcross] + 1;
            return BlobError.None;
        }

        /// <summary>Rows of what is read that so many rows of windows take.</summary>
        /// <param name="w">(<see cref="Count"/>), the window.</param>
        /// <param name="rows">Rows of windows, 1 or more.</param>
        public static int RowsUnder(int[] w, int rows)
        {
            return (rows - 1) * w[StrideDown] + (w[Height] - 1) * w[DilationDown] + 1;
        }

        /// <summary>Whether a window reaches beyond the edges.</summary>
        /// <param name="w">(<see cref="Count"/>), the window.</param>
        public static bool IsPadded(int[] w)
        {
            return w[Above] + w[Left] + w[Below] + w[Right] != 0;
        }

        /// <summary>
        /// Where a value under a window stands, from the window's first, in what is read with the places
        /// beyond the edges: taps row by row, their channels beside each other.
        /// </summary>
        /// <param name="w">(<see cref="Count"/>), the window.</param>
        /// <param name="value">From 0 to height * width * channels - 1.</param>
        public static int PlaceOf(int[] w, int value)
        {
            int channels = w[Channels];
            int tap = value / channels;
            return (tap / w[Width] * w[DilationDown] * w[PaddedWidth] + tap % w[Width] * w[DilationAcross]) * channels + value % channels;
        }
    }
}
