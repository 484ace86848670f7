using System;
using Tiny.Core.Activations;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Core.Losses;

namespace Tiny.Core.Blobs
{
    /// <summary>
    /// Checks a blob whole before anything is made or changed of it, then tells where its parts stand. One reader serves any number of
    /// blobs; opening one allocates nothing.
    /// </summary>
    public sealed class BlobReader
    {
        private byte[] blob;
        private int start;
        private int faultOffset;
        private int faultFound;
        private int faultExpected;

        /// <summary>A reader with nothing open.</summary>
        public BlobReader()
        {
            Shape = new NetworkShape(1, NetworkTask.Regression, Loss.MeanSquaredError);
        }

        /// <summary>The shape found. Meaningful after <see cref="Open"/> gave <see cref="BlobError.None"/>.</summary>
        public NetworkShape Shape { get; }

        /// <summary>Bytes of the whole blob.</summary>
        public int Length { get; private set; }

        /// <summary>How often the model has been saved anew; a slot store loads the higher one.</summary>
        public int Generation { get; private set; }

        /// <summary>Bytes of device heap that predicting takes, as the writer reckoned them.</summary>
        public int PredictRam { get; private set; }

        /// <summary>Bytes of device heap that predicting and learning take, as the writer reckoned them.</summary>
        public int LearnRam { get; private set; }

        /// <summary>Bytes of the names of the outputs, without padding.</summary>
        public int NameBytes { get; private set; }

        /// <summary>Bytes of the description of the features; 0 without one.</summary>
        public int FeatureBytes { get; private set; }

        /// <summary>Checksum of the names of the training columns, 0 where they had none.</summary>
        public int ColumnsChecksum { get; private set; }

        /// <summary>The array the blob is in, and where it begins there.</summary>
        internal byte[] Bytes
        {
            get { return blob; }
        }

        internal int Start
        {
            get { return start; }
        }

        internal int NamesAt { get; private set; }

        internal int FeaturesAt { get; private set; }

        internal int NormalisationAt { get; private set; }

        internal int OutputScalingAt { get; private set; }

        internal int WeightsAt { get; private set; }

        /// <summary>Opens the blob that fills the array, or throws.</summary>
        /// <exception cref="ArgumentNullException">There is no array.</exception>
        /// <exception cref="BlobException">The blob is wrong in some way.</exception>
        public void OpenOrThrow(byte[] bytes)
        {
            Guard.NotNull(bytes, "bytes");
            BlobError error = Open(bytes, 0, bytes.Length);
            if (error != BlobError.None)
            {
                throw Exception(error);
            }
        }

        /// <summary>Checks the blob at <paramref name="offset"/>; it must fill <paramref name="length"/> bytes exactly.</summary>
        /// <returns>None, or the first thing wrong.</returns>
        /// <exception cref="ArgumentException">The bytes named are not all in the array.</exception>
        public BlobError Open(byte[] bytes, int offset, int length)
        {
            if (bytes == null)
            {
                throw new ArgumentNullException("bytes");
            }

            if (offset < 0 || length < 0 || length > bytes.Length - offset)
            {
                throw new ArgumentOutOfRangeException("length", length + " bytes from " + offset + " are not all in the array.");
            }

            blob = bytes;
            start = offset;
            BlobError error = CheckHeader(length);
            if (error == BlobError.None)
            {
                error = ReadShape();
            }

            if (error == BlobError.None)
            {
                error = LayOut();
            }

            if (error == BlobError.None)
            {
                error = PayloadCheck.CheckNames(this);
            }

            return error == BlobError.None ? PayloadCheck.CheckNumbers(this) : error;
        }

        /// <summary>Reads bytes that are a part of a model, unchecked: for those who make models.</summary>
        internal void OpenPart(byte[] part)
        {
            blob = part;
            start = 0;
        }

        /// <summary>Lets go of the blob's bytes, so that a loaded network does not keep them from being collected.</summary>
        internal void Release()
        {
            blob = null;
        }

        /// <summary>The exception that describes the last fault.</summary>
        internal BlobException Exception(BlobError error)
        {
            return new BlobException(error, faultOffset, faultFound, faultExpected);
        }

        internal BlobError Fault(BlobError error, int offset, int found, int expected)
        {
            faultOffset = offset;
            faultFound = found;
            faultExpected = expected;
            return error;
        }

        /// <summary>The float at an offset from the blob's start.</summary>
        internal float FloatAt(int offset)
        {
            return FloatBits.Read(blob, start + offset);
        }

        internal byte ByteAt(int offset)
        {
            return blob[start + offset];
        }

        private int UInt16At(int offset)
        {
            return FloatBits.ReadUInt16(blob, start + offset);
        }

        internal int Int32At(int offset)
        {
            return FloatBits.ReadInt32(blob, start + offset);
        }

        private BlobError CheckHeader(int length)
        {
            if (length < BlobFormat.HeaderBytes)
            {
                return Fault(BlobError.TooShort, length, length, BlobFormat.HeaderBytes);
            }

            if (Int32At(0) != BlobFormat.Magic)
            {
                return Fault(BlobError.NotABlob, 0, Int32At(0), BlobFormat.Magic);
            }

            if (ByteAt(BlobFormat.VersionAt) != BlobFormat.Version)
            {
                return Fault(
                    BlobError.UnsupportedVersion, BlobFormat.VersionAt, ByteAt(BlobFormat.VersionAt), BlobFormat.Version);
            }

            int crc = Crc32.Compute(blob, start, BlobFormat.HeaderCrcAt);
            if (crc != Int32At(BlobFormat.HeaderCrcAt))
            {
                return Fault(BlobError.HeaderCorrupt, BlobFormat.HeaderCrcAt, Int32At(BlobFormat.HeaderCrcAt), crc);
            }

            Length = Int32At(BlobFormat.LengthAt);
            if (Length < BlobFormat.LayersAt)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, BlobFormat.LayersAt);
            }

            if (Length != length)
            {
                BlobError error = length < Length ? BlobError.Truncated : BlobError.TrailingBytes;
                return Fault(error, length < Length ? length : Length, length, Length);
            }

            crc = Crc32.Compute(blob, start + BlobFormat.HeaderBytes, Length - BlobFormat.HeaderBytes);
            if (crc != Int32At(BlobFormat.PayloadCrcAt))
            {
                return Fault(BlobError.PayloadCorrupt, BlobFormat.PayloadCrcAt, Int32At(BlobFormat.PayloadCrcAt), crc);
            }

            Generation = Int32At(BlobFormat.GenerationAt);
            PredictRam = Int32At(BlobFormat.PredictRamAt);
            LearnRam = Int32At(BlobFormat.LearnRamAt);
            return BlobError.None;
        }

        private BlobError ReadShape()
        {
            int task = ByteAt(BlobFormat.TaskAt);
            if (task > (int)NetworkTask.Classification)
            {
                return Fault(BlobError.UnknownTask, BlobFormat.TaskAt, task, 0);
            }

            int loss = ByteAt(BlobFormat.LossAt);
            if (!LossFunction.IsKnown(loss))
            {
                return Fault(BlobError.UnknownLoss, BlobFormat.LossAt, loss, 0);
            }

            int layers = ByteAt(BlobFormat.LayerCountAt);
            if (layers < 1 || layers > NetworkShape.MaxLayers)
            {
                return Fault(BlobError.LayerCountOutOfRange, BlobFormat.LayerCountAt, layers, NetworkShape.MaxLayers);
            }

            int parametersAt = BlobFormat.LayersAt + layers * BlobFormat.LayerBytes;
            if (parametersAt > Length)
            {
                return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, parametersAt);
            }

            FeatureBytes = 4 * ByteAt(BlobFormat.FeatureWordsAt);
            NameBytes = UInt16At(BlobFormat.NameBytesAt);
            ColumnsChecksum = UInt16At(BlobFormat.ColumnsAt);
            Shape.Reset(UInt16At(BlobFormat.InputsAt), (NetworkTask)task, (Loss)loss);
            return ReadLayers(layers, parametersAt);
        }

        /// <summary>Reads the layer records and, behind them, the parameters of the activations that have one.</summary>
        private BlobError ReadLayers(int layers, int parametersAt)
        {
            int packed = 0;
            for (int layer = 0; layer < layers; layer++)
            {
                int at = BlobFormat.LayersAt + layer * BlobFormat.LayerBytes;
                int code = ByteAt(at + BlobFormat.LayerActivationAt);
                int format = ByteAt(at + BlobFormat.LayerFormatAt);
                if (!ActivationTraits.IsKnown(code))
                {
                    return Fault(BlobError.UnknownActivation, at + BlobFormat.LayerActivationAt, code, 0);
                }

                if (format > (int)WeightFormat.Int8)
                {
                    return Fault(BlobError.UnknownWeightFormat, at + BlobFormat.LayerFormatAt, format, 0);
                }

                if (format == (int)WeightFormat.Int8)
                {
                    if (packed != layer)
                    {
                        return Fault(BlobError.Int8BehindFloat, at + BlobFormat.LayerFormatAt, format, (int)WeightFormat.Float32);
                    }

                    packed++;
                }

                float parameter = 0f;
                if (ActivationTraits.HasParameter((Activation)code))
                {
                    if (parametersAt + 4 > Length)
                    {
                        return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, parametersAt + 4);
                    }

                    parameter = FloatAt(parametersAt);
                    parametersAt += 4;
                }

                Shape.AddLayer(UInt16At(at), (Activation)code, parameter);
            }

            int form = ByteAt(BlobFormat.InputFormAt);
            if (form > (int)InputForm.LevelsEach)
            {
                return Fault(BlobError.InputFormDoesNotFit, BlobFormat.InputFormAt, form, 0);
            }

            Shape.WithPackedLayers(packed, (InputForm)form);
            NamesAt = parametersAt;
            int faulty;
            BlobError error = Shape.Check(out faulty);
            return error == BlobError.None ? error : Fault(error, FaultyField(error, faulty), Shape.FaultyValue(error, faulty), 0);
        }

        private static int FaultyField(BlobError error, int layer)
        {
            switch (error)
            {
                case BlobError.InputCountOutOfRange:
                    return BlobFormat.InputsAt;
                case BlobError.LossDoesNotFit:
                    return BlobFormat.LossAt;
                case BlobError.InputFormDoesNotFit:
                    return BlobFormat.InputFormAt;
                default:
                    return BlobFormat.LayersAt + layer * BlobFormat.LayerBytes;
            }
        }

        /// <summary>Finds where names, scaling and weights stand; together they must end where the blob does.</summary>
        private BlobError LayOut()
        {
            FeaturesAt = NamesAt + BlobFormat.Align(NameBytes);
            NormalisationAt = FeaturesAt + FeatureBytes;
            OutputScalingAt = NormalisationAt + BlobFormat.NormalisationBytes(Shape.Inputs, Shape.InputForm);
            WeightsAt = OutputScalingAt + BlobFormat.OutputScalingBytes(Shape.Task, Shape.Outputs);
            int end = WeightsAt;
            for (int layer = 0; layer < Shape.LayerCount; layer++)
            {
                // Layer by layer, so that no sum overflows: 65,535 rows of 65,536 weights would.
                long bytes = BlobFormat.LayerBytesOf(Shape, layer);
                if (bytes > Length - end)
                {
                    return Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, end);
                }

                end += (int)bytes;
            }

            return end == Length ? BlobError.None : Fault(BlobError.LengthMismatch, BlobFormat.LengthAt, Length, end);
        }
    }
}
