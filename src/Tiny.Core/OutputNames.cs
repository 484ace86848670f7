using System;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// The names of the outputs as they stand in a blob: a length byte and UTF-8 text for each. A string is made only when asked for.
    /// </summary>
    internal sealed class OutputNames
    {
        private const int MostBytes = 65535; // what the blob's 16 bits tell

        private readonly byte[] text;

        internal OutputNames(int capacity)
        {
            text = new byte[capacity];
        }

        internal int Capacity
        {
            get { return text.Length; }
        }

        /// <summary>Bytes in use; 0 when the outputs have no names.</summary>
        internal int Bytes { get; private set; }

        internal string Get(int index)
        {
            if (Bytes == 0)
            {
                return index.ToString();
            }

            int at = 0;
            for (int i = 0; i < index; i++)
            {
                at += 1 + text[at];
            }

            return Utf8.Decode(text, at + 1, text[at]);
        }

        internal void Set(string[] names)
        {
            int needed = 0;
            for (int i = 0; i < names.Length; i++)
            {
                int length = Utf8.Measure(names[i]);
                if (length > 255)
                {
                    throw new ArgumentException("Name " + i + " takes " + length + " bytes, at most 255 fit.", "names");
                }

                needed += 1 + length;
            }

            if (needed > text.Length || needed > MostBytes)
            {
                throw new ArgumentException("The names take " + needed + " bytes, the network has room for " + text.Length + ".", "names");
            }

            int at = 0;
            for (int i = 0; i < names.Length; i++)
            {
                int length = Utf8.Encode(names[i], text, at + 1);
                text[at] = (byte)length;
                at += 1 + length;
            }

            Bytes = at;
        }

        internal void CopyTo(byte[] buffer, int offset)
        {
            Array.Copy(text, 0, buffer, offset, Bytes);
        }

        internal void ReadFrom(BlobReader reader)
        {
            Bytes = reader.NameBytes;
            for (int i = 0; i < Bytes; i++)
            {
                text[i] = reader.ByteAt(reader.NamesAt + i);
            }
        }
    }
}
