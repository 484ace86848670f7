using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// What a network carries from blob to blob without predicting by it, as it stands there: the plan, the names of the outputs, a length byte and UTF-8
    /// text for each, and the description of the features. A string is made only when asked for.
    /// </summary>
    internal sealed class ModelNotes
    {
        private readonly byte[] text; // plan, names, features
        private int planBytes;
        private int lengths; // bytes of names in the low 16 bits, of features above: a field of its own would cost each network 12 bytes

        internal ModelNotes(int capacity)
        {
            text = new byte[capacity];
        }

        internal int Capacity
        {
            get { return text.Length; }
        }

        /// <summary>Bytes of the plan, from the first byte behind the blob's header to the last of its nodes.</summary>
        internal int PlanBytes
        {
            get { return planBytes; }
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

        internal int ColumnsChecksum
        {
            get { return FloatBits.ReadUInt16(text, BlobFormat.ColumnsAt - BlobFormat.PlanFrom); }
            set { FloatBits.WriteUInt16(text, BlobFormat.ColumnsAt - BlobFormat.PlanFrom, value); }
        }

        internal string GetName(int index)
        {
            if (NameBytes == 0)
            {
                return index.ToString();
            }

            int at = planBytes;
            for (int i = 0; i < index; i++)
            {
                at += 1 + text[at];
            }

            return Utf8.Decode(text, at + 1, text[at]);
        }

        internal void CopyPlan(byte[] buffer, int offset)
        {
            Array.Copy(text, 0, buffer, offset, planBytes);
        }

        internal void CopyNames(byte[] buffer, int offset)
        {
            Array.Copy(text, planBytes, buffer, offset, NameBytes);
        }

        internal void CopyFeatures(byte[] buffer, int offset)
        {
            Array.Copy(text, planBytes + NameBytes, buffer, offset, FeatureBytes);
        }

        internal void ReadFrom(BlobReader reader)
        {
            planBytes = reader.PlanBytes;
            int names = reader.NameBytes;
            int features = reader.FeatureBytes;
            lengths = (features << 16) | names;
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
