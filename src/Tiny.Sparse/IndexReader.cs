using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Sparse
{
    /// <summary>
    /// Reads which weights of a layer there are: for each row how many, and the gaps between their inputs. In a blob: bits of a gap (1
    /// byte: 4, 8 or 16), whether the weights are for the sample as it is (1 byte: 0 or 1), two of 0, weights (4), gaps (4), weights of
    /// each row (2 each, filled up to a multiple of 4), gaps (filled up likewise). A gap of all ones passes so many inputs without a
    /// weight.
    /// </summary>
    /// <seealso cref="SparseDense"/>
    public sealed class IndexReader
    {
        /// <summary>Bytes before the counts of the rows.</summary>
        public const int HeadBytes = 12;

        /// <summary>Bits of a gap.</summary>
        public int Bits;

        /// <summary>Weights in all.</summary>
        public int Weights;

        /// <summary>1 where the weights of a first layer are for the sample as it is, with the normalization in them; else 0.</summary>
        public int Raw;

        private byte[] bytes;
        private int countAt;
        private int gapAt;  // in gaps, from the first
        private int gaps;
        private int gapsStart;
        private int last;   // the input of the row's last weight

        /// <summary>The reader of a blob's indices, kept beside it.</summary>
        public static IndexReader Of(BlobReader reader)
        {
            IndexReader index = reader.Scratch as IndexReader;
            if (index == null)
            {
                index = new IndexReader();
                reader.Scratch = index;
            }

            return index;
        }

        /// <summary>
        /// Bytes that the indices take from an offset on; without a blob, those of rows without weights. -1: they are not well.
        /// </summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where they begin; negative where a network is made of a plan alone.</param>
        /// <param name="rows">Rows of weights.</param>
        public long Measure(BlobReader reader, int at, int rows)
        {
            Bits = 4;
            Weights = 0;
            Raw = 0;
            gaps = 0;
            if (at >= 0)
            {
                if (at > reader.Length - HeadBytes)
                {
                    return -1;
                }

                Bits = reader.ByteAt(at);
                Raw = reader.ByteAt(at + 1);
                Weights = reader.Int32At(at + 4);
                gaps = reader.Int32At(at + 8);
                if ((Bits != 4 && Bits != 8 && Bits != 16) || Raw > 1 || Weights < 0 || gaps < Weights || gaps > 8 * reader.Length / Bits)
                {
                    return -1;
                }
            }

            return HeadBytes + BlobFormat.Align(2 * rows) + BlobFormat.Align((gaps * Bits + 7) >> 3);
        }

        /// <summary>Stands before the first row of indices that were measured.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where the indices begin, from the start of the blob.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <returns>The offset behind them.</returns>
        public int Begin(BlobReader reader, int at, int rows)
        {
            bytes = reader.Bytes;
            countAt = reader.Start + at + HeadBytes;
            gapAt = 0;
            int behind = at + (int)Measure(reader, at, rows);
            gapsStart = countAt + BlobFormat.Align(2 * rows);
            return behind;
        }

        /// <summary>Goes on to the next row; returns its weights.</summary>
        public int NextRow()
        {
            last = -1;
            int count = FloatBits.ReadUInt16(bytes, countAt);
            countAt += 2;
            return count;
        }

        /// <summary>The input of the row's next weight; past any input where the gaps are at their end.</summary>
        public int Next()
        {
            int most = (1 << Bits) - 1;
            while (gapAt < gaps)
            {
                int at = gapAt++;
                int gap = Bits == 4 ? (bytes[gapsStart + (at >> 1)] >> ((at & 1) << 2)) & 15
                    : Bits == 8 ? bytes[gapsStart + at] : FloatBits.ReadUInt16(bytes, gapsStart + 2 * at);
                if (gap != most)
                {
                    return last += 1 + gap;
                }

                last += most;
                if (last > BlobFormat.MostValues)
                {
                    break;
                }
            }

            return BlobFormat.MostValues;
        }

        /// <summary>Checks the indices from an offset on: ascending within the inputs, as many as are said, nothing left over.</summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where the indices begin, from the start of the blob.</param>
        /// <param name="rows">Rows, 1 or more.</param>
        /// <returns>None, or what is wrong.</returns>
        public BlobError Check(BlobReader reader, int at, int rows)
        {
            int behind = Begin(reader, at, rows);
            int counts = at + HeadBytes;
            BlobError error = reader.CheckPadding(at + 2, at + 4);
            if (error == BlobError.None)
            {
                error = reader.CheckPadding(counts + 2 * rows, counts + BlobFormat.Align(2 * rows));
            }

            if (error == BlobError.None)
            {
                error = reader.CheckPadding(gapsStart - reader.Start + ((gaps * Bits + 7) >> 3), behind);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            int left = Weights;
            for (int row = 0; row < rows; row++)
            {
                int count = NextRow();
                left -= count;
                for (; count > 0; count--)
                {
                    int input = Next();
                    if (input >= reader.InputLength)
                    {
                        return reader.Fault(BlobError.IndexMalformed, counts + 2 * row, input, reader.InputLength);
                    }
                }
            }

            // Half a byte may be left over, and must be 0.
            bool spare = Bits == 4 && (gaps & 1) != 0 && bytes[gapsStart + (gaps >> 1)] >> 4 != 0;
            return left != 0 || gapAt != gaps || spare
                ? reader.Fault(BlobError.IndexMalformed, at + 4, Weights - left, Weights) : BlobError.None;
        }
    }
}
