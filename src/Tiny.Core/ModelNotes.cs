using System;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// What a network carries from blob to blob without predicting by it, as it stands there: the names of the outputs, a length byte and UTF-8
    /// text for each, and behind them the description of the features. A string is made only when asked for.
    /// </summary>
    internal sealed class ModelNotes
    {
        private const int MostNameBytes = 65535; // what the blob's 16 bits tell

        private readonly byte[] text;
        private int lengths; // bytes of names in the low 16 bits, of features above: a field of its own would cost each network 12 bytes

        internal ModelNotes(int capacity)
        {
            text = new byte[capacity];
        }

        internal int Capacity
        {
            get { return text.Length; }
        }

        /// <summary>Bytes of names; 0 when the outputs have none.</summary>
        internal int NameBytes
        {
            get { return lengths & 0xFFFF; }
        }

        /// <summary>Bytes of the description of the features, a multiple of 4; 0 without one.</summary>
        internal int FeatureBytes
        {
            get { return lengths >> 16; }
        }

        internal string GetName(int index)
        {
            if (NameBytes == 0)
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

        internal void SetNames(string[] names)
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

            int room = text.Length - FeatureBytes;
            if (needed > room || needed > MostNameBytes)
            {
                throw new ArgumentException("The names take " + needed + " bytes, the network has room for " + room + ".", "names");
            }

            Array.Copy(text, NameBytes, text, needed, FeatureBytes);

            int at = 0;
            for (int i = 0; i < names.Length; i++)
            {
                int length = Utf8.Encode(names[i], text, at + 1);
                text[at] = (byte)length;
                at += 1 + length;
            }

            lengths = (FeatureBytes << 16) | at;
        }

        internal void SetFeatures(byte[] description)
        {
            int room = text.Length - NameBytes;
            if ((description.Length & 3) != 0 || description.Length > BlobFormat.MostFeatureBytes || description.Length > room)
            {
                throw new ArgumentException("The description of the features takes " + description.Length + " bytes; expected a multiple of 4, at most "
                    + BlobFormat.MostFeatureBytes + ", and the network has room for " + room + ".", "description");
            }

            Array.Copy(description, 0, text, NameBytes, description.Length);
            lengths = (description.Length << 16) | NameBytes;
        }

        internal void CopyNames(byte[] buffer, int offset)
        {
            Array.Copy(text, 0, buffer, offset, NameBytes);
        }

        internal void CopyFeatures(byte[] buffer, int offset)
        {
            Array.Copy(text, NameBytes, buffer, offset, FeatureBytes);
        }

        internal void ReadFrom(BlobReader reader)
        {
            int names = reader.NameBytes;
            int features = reader.FeatureBytes;
            lengths = (features << 16) | names;
            for (int i = 0; i < names; i++)
            {
                text[i] = reader.ByteAt(reader.NamesAt + i);
            }

            for (int i = 0; i < features; i++)
            {
                text[names + i] = reader.ByteAt(reader.FeaturesAt + i);
            }
        }
    }
}
