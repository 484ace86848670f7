using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>How a window walks over bytes, and what is read with the places beyond the edges around it: ten bytes of a node's attributes; see BLOB-FORMAT.md, Windows.</summary>
    public sealed class ByteWindow
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

        /// <summary>Rows of what is read with the places beyond the edges.</summary>
        public int PaddedHeight;

        /// <summary>Columns of what is read with the places beyond the edges.</summary>
        public int PaddedWidth;

        /// <summary>Rows of what is given.</summary>
        public int OutputHeight;

        /// <summary>Columns of what is given.</summary>
        public int OutputWidth;

        /// <summary>A window for the node at which the reader stands: its readers share none, so that networks may be made on several threads.</summary>
        public static ByteWindow Of(BlobReader reader)
        {
            ByteWindow window = reader.Scratch as ByteWindow;
            if (window == null)
            {
                window = new ByteWindow();
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
            int below = reader.Attribute(at + 6);
            int right = reader.Attribute(at + 7);
            int high = (Height - 1) * DilationDown + 1;
            int wide = (Width - 1) * DilationAcross + 1;
            PaddedHeight = InputHeight + Above + below;
            PaddedWidth = InputWidth + Left + right;
            int rows = PaddedHeight - high;
            int columns = PaddedWidth - wide;
            if (rows < 0 || columns < 0 || Above >= high || Left >= wide || below >= high || right >= wide)
            {
                return reader.FaultOfNode(BlobError.ShapeDoesNotFit, rows < columns ? rows : columns, 0);
            }

            OutputHeight = rows / StrideDown + 1;
            OutputWidth = columns / StrideAcross + 1;
            return BlobError.None;
        }
    }
}
