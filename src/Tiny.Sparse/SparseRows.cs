using System;
using Tiny.Core.Blobs;

namespace Tiny.Sparse
{
    /// <summary>
    /// Where the weights of sparse rows stand: a row is cut into runs of <see cref="Width"/>, an array of inputs each, beside
    /// it one of weights. A run of just that length goes on in the next; one that is shorter, or by one longer, is the row's
    /// last. So a kernel finds each weight under a constant index, and needs no counter.
    /// </summary>
    /// <seealso cref="SparseDense"/>
    public sealed class SparseRows
    {
        /// <summary>Weights of a run.</summary>
        public const int Width = 24;

        /// <summary>(runs)(weights of the run, one more for a full run that is a row's last) the inputs, ascending within a row.</summary>
        public readonly ushort[][] Inputs;

        /// <summary>(capacity) the inputs that any weight reads, ascending, of a first layer; else null.</summary>
        public readonly ushort[] Used;

        /// <summary>How many of them count.</summary>
        public int UsedCount;

        private readonly byte[] marks; // a bit for each input, while a node is read

        /// <summary>Bits of a gap, as the blob has them.</summary>
        public int Bits;

        /// <summary>1 where the weights are for the sample as it is, with its normalization in them; else 0.</summary>
        public int Raw;

        /// <summary>Room for the rows of the node at which a reader stands.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where its indices stand; negative without a blob.</param>
        /// <param name="rows">Rows of weights.</param>
        public SparseRows(BlobReader reader, int at, int rows)
        {
            if (at < 0)
            {
                Inputs = new ushort[rows][];
                for (int row = 0; row < rows; row++)
                {
                    Inputs[row] = new ushort[0];
                }

                Bits = 4;
                Used = reader.Node == 0 ? new ushort[0] : null;
                marks = new byte[0];
                return;
            }

            IndexReader index = IndexReader.Of(reader);
            index.Begin(reader, at, rows);
            int runs = 0;
            for (int row = 0; row < rows; row++)
            {
                runs += RunsOf(index.NextRow());
            }

            Inputs = new ushort[runs][];
            index.Begin(reader, at, rows);
            runs = 0;
            for (int row = 0; row < rows; row++)
            {
                int left = index.NextRow();
                do
                {
                    Inputs[runs++] = new ushort[LengthOf(left)];
                    left -= Width;
                }
                while (left > 0);
            }

            if (reader.Node == 0)
            {
                marks = new byte[(reader.InputLength + 7) >> 3];
                Used = new ushort[Mark(reader, at, rows)];
            }
        }

        /// <summary>Weights of a run.</summary>
        /// <param name="length">The length of its arrays.</param>
        public static int CountOf(int length)
        {
            return length > Width ? Width : length;
        }

        /// <summary>Runs of a row of so many weights.</summary>
        /// <param name="weights">Weights of the row, 0 or more.</param>
        public static int RunsOf(int weights)
        {
            return weights == 0 ? 1 : (weights + Width - 1) / Width;
        }

        /// <summary>The length of the arrays of a row's next run, where so many weights are left.</summary>
        /// <param name="left">Weights that are left, 1 or more.</param>
        public static int LengthOf(int left)
        {
            return left > Width ? Width : left == Width ? Width + 1 : left;
        }

        /// <summary>Whether a node has as many weights in each row, and so the same runs, and reads no more inputs.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where the indices begin, from the start of the blob.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        public bool HasRoomFor(BlobReader reader, int at, int rows)
        {
            IndexReader index = IndexReader.Of(reader);
            index.Begin(reader, at, rows);
            int run = 0;
            for (int row = 0; row < rows; row++)
            {
                int left = index.NextRow();
                do
                {
                    if (run == Inputs.Length || Inputs[run].Length != LengthOf(left))
                    {
                        return false;
                    }

                    run++;
                    left -= Width;
                }
                while (left > 0);
            }

            return run == Inputs.Length
                && (Used == null || (reader.InputLength <= 8 * marks.Length && Mark(reader, at, rows) <= Used.Length));
        }

        /// <summary>Takes the inputs of a node for which there is room.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where the indices begin, from the start of the blob.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <returns>The offset behind the indices.</returns>
        public int Read(BlobReader reader, int at, int rows)
        {
            IndexReader index = IndexReader.Of(reader);
            int behind = index.Begin(reader, at, rows);
            Bits = index.Bits;
            Raw = index.Raw;
            int run = 0;
            for (int row = 0; row < rows; row++)
            {
                int left = index.NextRow();
                do
                {
                    ushort[] inputs = Inputs[run++];
                    int count = CountOf(inputs.Length);
                    for (int i = 0; i < count; i++)
                    {
                        inputs[i] = (ushort)index.Next();
                    }

                    left -= Width;
                }
                while (left > 0);
            }

            if (Used != null)
            {
                UsedCount = Mark(reader, at, rows);
                int next = 0;
                for (int input = 0; next < UsedCount; input++)
                {
                    if ((marks[input >> 3] & (1 << (input & 7))) != 0)
                    {
                        Used[next++] = (ushort)input;
                    }
                }
            }

            return behind;
        }

        /// <summary>Notes the inputs that a node's weights read; returns how many they are.</summary>
        private int Mark(BlobReader reader, int at, int rows)
        {
            byte[] bits = marks;
            Array.Clear(bits, 0, bits.Length);
            IndexReader index = IndexReader.Of(reader);
            index.Begin(reader, at, rows);
            int count = 0;
            for (int row = 0; row < rows; row++)
            {
                for (int left = index.NextRow(); left > 0; left--)
                {
                    int input = index.Next();
                    int bit = 1 << (input & 7);
                    if ((bits[input >> 3] & bit) == 0)
                    {
                        bits[input >> 3] |= (byte)bit;
                        count++;
                    }
                }
            }

            return count;
        }
    }
}
