using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Core.Blobs
{
    /// <summary>
    /// Checks a blob whole before anything is made or changed of it, then tells where its parts stand. One reader serves any number of
    /// blobs; opening one allocates nothing.
    /// </summary>
    /// <example>
    /// <code>
    /// BlobReader reader = new BlobReader();
    /// BlobError error = reader.Open(blob, 0, blob.Length);
    /// if (error == BlobError.None)
    /// {
    ///     int inputs = reader.Inputs;                            // what the model takes, before a network is made
    /// }
    /// </code>
    /// </example>
    public sealed partial class BlobReader
    {
        private static OlderFormat older;

        // Public fields, and not properties: each would cost a board 40 bytes of flash, and a call
        // wherever it is read. The reader alone sets them, but for NodeActivation.

        /// <summary>Bytes of the whole blob.</summary>
        public int Length;

        /// <summary>Incremented each time the model is saved; a slot store loads the higher one.</summary>
        public int Generation;

        /// <summary>What the outputs mean.</summary>
        public NetworkTask Task;

        /// <summary>What learning minimizes.</summary>
        public Loss Loss;

        /// <summary>Values of a sample.</summary>
        public int Inputs;

        /// <summary>Values of an answer: what the last node gives.</summary>
        public int Outputs;

        /// <summary>How a sample is taken.</summary>
        public InputForm InputForm;

        /// <summary>What is done with the last node's values: softmax, or nothing (linear).</summary>
        public Activation OutputFunction;

        /// <summary>Bytes of the names of the outputs, without padding.</summary>
        public int NameBytes;

        /// <summary>Bytes of the description of the features; 0 without one.</summary>
        public int FeatureBytes;

        /// <summary>The array the blob is in; for checks that pass over many bytes.</summary>
        public byte[] Bytes;

        /// <summary>Where the blob begins in <see cref="Bytes"/>.</summary>
        public int Start;

        /// <summary>Where the normalization of the inputs stands.</summary>
        public int NormalizationAt;

        /// <summary>Buffers of the plan.</summary>
        public int BufferCount;

        /// <summary>Nodes of the plan.</summary>
        public int NodeCount;

        /// <summary>The node at which the reader stands, from 0.</summary>
        public int Node;

        /// <summary>The code of the node's kind.</summary>
        public int Kind;

        /// <summary>The buffer that the node reads, or <see cref="BlobFormat.Sample"/>.</summary>
        public int Input;

        /// <summary>The buffer that the node writes.</summary>
        public int Output;

        /// <summary>Bytes of the node's attributes.</summary>
        public int AttributeBytes;

        /// <summary>Where the node's weights stand; negative where a network is made of a plan alone.</summary>
        public int WeightsAt;

        /// <summary>
        /// Where the weights of the nodes so far end: of an open blob, all of them, and records of other libraries begin.
        /// </summary>
        public int WeightsEnd;

        /// <summary>Bytes of the node's weights, a multiple of 4, as its kind has said.</summary>
        public int WeightBytes;

        /// <summary>The activation that the node ends in, as far as losses ask: its kind says so, linear unless it does.</summary>
        public Activation NodeActivation;

        /// <summary>Values that the node reads.</summary>
        public int InputLength;

        /// <summary>Values that the node gives, as its kind has said.</summary>
        public int OutputLength;

        /// <summary>
        /// What a kind keeps between nodes of its own, so that it keeps nothing itself: readers of several threads may be at work.
        /// </summary>
        public object Scratch;

        private int faultOffset;
        private int faultFound;
        private int faultExpected;

        internal int namesAt;

        internal int featuresAt;

        internal int outputScalingAt;

        /// <summary>Makes all readers read blobs of an older version too. Opening such a blob allocates one of today's.</summary>
        public static void ReadOlder(OlderFormat format)
        {
            older = format;
        }

        /// <summary>Checks the blob at <paramref name="offset"/>; it must fill <paramref name="count"/> bytes exactly.</summary>
        /// <param name="bytes">Holds the bytes of the blob. Kept until the next blob is opened.</param>
        /// <param name="offset">The first byte of the blob, from 0.</param>
        /// <param name="count">Bytes of the blob.</param>
        /// <returns>None, or the first thing wrong.</returns>
        /// <exception cref="ArgumentNullException">There are no bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range is not all in the array.</exception>
        public BlobError Open(byte[] bytes, int offset, int count)
        {
            Guard.Slice(bytes, offset, count);

            Bytes = bytes;
            Start = offset;
            BlobError error = CheckHeader(count);
            if (error == BlobError.None && ByteAt(BlobFormat.VersionAt) != BlobFormat.Version)
            {
                error = older.Upgrade(this, bytes, offset, count, out Bytes);
                Start = 0;
                Length = Bytes == null ? 0 : Bytes.Length;
            }

            if (error == BlobError.None)
            {
                error = ReadCounts();
            }

            if (error == BlobError.None)
            {
                error = CheckPlan();
            }

            return error == BlobError.None ? CheckContents(true) : error;
        }

        /// <summary>
        /// Opens a blob without weights, as whoever makes a network anew has it: all up to where they
        /// would begin. Checksums are not looked at.
        /// </summary>
        /// <param name="plan">The bytes of the blob, up to where the weights would begin. Kept until the next blob is opened.</param>
        /// <returns>None, or the first thing wrong.</returns>
        public BlobError OpenPlan(byte[] plan)
        {
            Bytes = plan;
            Start = 0;
            Length = plan.Length;
            if (Length < BlobFormat.PlanAt)
            {
                return Fault(BlobError.TooShort, Length, Length, BlobFormat.PlanAt);
            }

            BlobError error = ReadCounts();
            if (error == BlobError.None)
            {
                error = CheckPlan();
            }

            return error == BlobError.None ? CheckContents(false) : error;
        }

        /// <summary>Throws what describes the last fault, if there was one.</summary>
        /// <exception cref="BlobException">There was.</exception>
        public void ThrowIf(BlobError error)
        {
            if (error != BlobError.None)
            {
                throw new BlobException(error, faultOffset, faultFound, faultExpected);
            }
        }

        /// <summary>Notes what is wrong and where, for whoever tells people of it; returns the error.</summary>
        /// <param name="error">What is wrong.</param>
        /// <param name="offset">Where, from the start of the blob.</param>
        /// <param name="found">The number that was found.</param>
        /// <param name="expected">The number that would be right.</param>
        /// <returns>The error.</returns>
        public BlobError Fault(BlobError error, int offset, int found, int expected)
        {
            faultOffset = offset;
            faultFound = found;
            faultExpected = expected;
            return error;
        }

        /// <summary>The float at an offset from the blob's start.</summary>
        /// <param name="offset">From 0 to Length - 4.</param>
        public float FloatAt(int offset)
        {
            return FloatBits.Read(Bytes, Start + offset);
        }

        /// <summary>The byte at an offset from the blob's start.</summary>
        /// <param name="offset">From 0 to Length - 1.</param>
        public byte ByteAt(int offset)
        {
            return Bytes[Start + offset];
        }

        /// <summary>The 32-bit integer at an offset from the blob's start.</summary>
        /// <param name="offset">From 0 to Length - 4.</param>
        public int Int32At(int offset)
        {
            return FloatBits.ReadInt32(Bytes, Start + offset);
        }

        private int UInt16At(int offset)
        {
            return FloatBits.ReadUInt16(Bytes, Start + offset);
        }

        private BlobError CheckHeader(int count)
        {
            if (count < BlobFormat.HeaderBytes)
            {
                return Fault(BlobError.TooShort, count, count, BlobFormat.HeaderBytes);
            }

            if (Int32At(0) != BlobFormat.Magic)
            {
                return Fault(BlobError.NotABlob, 0, Int32At(0), BlobFormat.Magic);
            }

            int version = ByteAt(BlobFormat.VersionAt);
            if (version != BlobFormat.Version && (older == null || version != older.Version))
            {
                return Fault(BlobError.UnsupportedVersion, BlobFormat.VersionAt, version, BlobFormat.Version);
            }

            int crc = Crc32.Compute(0, Bytes, Start, BlobFormat.HeaderCrcAt);
            if (crc != Int32At(BlobFormat.HeaderCrcAt))
            {
                return Fault(BlobError.HeaderCorrupt, BlobFormat.HeaderCrcAt, Int32At(BlobFormat.HeaderCrcAt), crc);
            }

            Length = Int32At(BlobFormat.LengthAt);
            if (Length < BlobFormat.PlanAt)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, BlobFormat.PlanAt);
            }

            if (Length != count)
            {
                BlobError error = count < Length ? BlobError.Truncated : BlobError.TrailingBytes;
                return Fault(error, count < Length ? count : Length, count, Length);
            }

            crc = Crc32.Compute(0, Bytes, Start + BlobFormat.HeaderBytes, Length - BlobFormat.HeaderBytes);
            return crc == Int32At(BlobFormat.PayloadCrcAt)
                ? BlobError.None
                : Fault(BlobError.PayloadCorrupt, BlobFormat.PayloadCrcAt, Int32At(BlobFormat.PayloadCrcAt), crc);
        }
    }
}
