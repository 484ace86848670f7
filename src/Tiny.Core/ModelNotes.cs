using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// What a network carries from blob to blob without predicting by it, as it stands there: the plan, the names of the outputs, a
    /// length byte and UTF-8 text for each, and the description of the features. A string is made only when asked for.
    /// </summary>
    /// <seealso cref="Network"/>
    public sealed class ModelNotes
    {
        internal readonly byte[] text; // plan, names, features
        private int lengths; // bytes of the plan in the low 16 bits, of the names above: another field would cost 12 bytes

        internal ModelNotes(int capacity)
        {
            text = new byte[capacity];
        }

        /// <summary>Bytes of the plan, from <see cref="BlobFormat.PlanFrom"/> to the last of its nodes.</summary>
        public int PlanBytes
        {
            get { return lengths & 0xFFFF; }
        }

        /// <summary>Bytes of names; 0 when the outputs have none.</summary>
        public int NameBytes
        {
            get { return (lengths >> 16) & 0xFFFF; }
        }

        /// <summary>Bytes of the description of the features, a multiple of 4; 0 without one.</summary>
        public int FeatureBytes
        {
            get { return 4 * text[BlobFormat.FeatureWordsAt - BlobFormat.PlanFrom]; }
        }

        /// <summary>Checksum of the names of the training columns (16 bits), 0 where they had none.</summary>
        public int ColumnsChecksum
        {
            get { return FloatBits.ReadUInt16(text, BlobFormat.ColumnsAt - BlobFormat.PlanFrom); }
        }

        internal string GetName(int index)
        {
            if (NameBytes == 0)
            {
                return index.ToString();
            }

            int at = PlanBytes;
            for (int i = 0; i < index; i++)
            {
                at += 1 + text[at];
            }

            return Utf8.Decode(text, at + 1, text[at]);
        }

        /// <summary>The plan, into a buffer of at least <see cref="PlanBytes"/>.</summary>
        /// <param name="buffer">(offset + <see cref="PlanBytes"/>) or longer. Receives the bytes of the plan.</param>
        /// <param name="offset">Where the first byte goes, from 0.</param>
        /// <exception cref="ArgumentException">The buffer is null or too short. Nothing was copied.</exception>
        public void CopyPlan(byte[] buffer, int offset)
        {
            Array.Copy(text, 0, buffer, offset, PlanBytes);
        }

        /// <summary>
        /// The names as a blob has them, a length byte and that many bytes of UTF-8 each, into a
        /// buffer of at least <see cref="NameBytes"/>.
        /// </summary>
        /// <param name="buffer">(offset + <see cref="NameBytes"/>) or longer. Receives the bytes of the names.</param>
        /// <param name="offset">Where the first byte goes, from 0.</param>
        /// <exception cref="ArgumentException">The buffer is null or too short. Nothing was copied.</exception>
        public void CopyNames(byte[] buffer, int offset)
        {
            Array.Copy(text, PlanBytes, buffer, offset, NameBytes);
        }

        /// <summary>
        /// The description of the features, as Tiny.Features reads it, into a buffer of at least <see cref="FeatureBytes"/>.
        /// </summary>
        /// <param name="buffer">(offset + <see cref="FeatureBytes"/>) or longer. Receives the bytes of the description.</param>
        /// <param name="offset">Where the first byte goes, from 0.</param>
        /// <exception cref="ArgumentException">The buffer is null or too short. Nothing was copied.</exception>
        public void CopyFeatures(byte[] buffer, int offset)
        {
            Array.Copy(text, PlanBytes + NameBytes, buffer, offset, FeatureBytes);
        }

        internal void ReadFrom(BlobReader reader)
        {
            int planBytes = reader.PlanBytes;
            int names = reader.NameBytes;
            int features = reader.FeatureBytes;
            lengths = (names << 16) | planBytes;
            Copy(reader, BlobFormat.PlanFrom, 0, planBytes);
            Copy(reader, reader.namesAt, planBytes, names);
            Copy(reader, reader.featuresAt, planBytes + names, features);
        }

        private void Copy(BlobReader reader, int from, int to, int count)
        {
            if (count > 0)
            {
                Array.Copy(reader.Bytes, reader.Start + from, text, to, count);
            }
        }
    }
}
