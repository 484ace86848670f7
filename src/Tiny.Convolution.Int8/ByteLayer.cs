using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>A layer that reads bytes; a first one makes them of the sample. It does not learn.</summary>
    public abstract class ByteLayer : Layer
    {
        /// <summary>The buffer of bytes that the layer writes; null where it writes another.</summary>
        public byte[] Bytes;

        /// <summary>The byte that counts as 0 in what the layer reads.</summary>
        public int Zero;

        /// <summary>The byte that counts as 0 in what the layer gives.</summary>
        public int GivenZero;

        /// <summary>(2) or (2 inputs), of a first layer: scale and offset of all inputs, or of each; x * scale + offset is the level less 256, cut toward 0. Else null.</summary>
        public float[] LevelScaling;

        private readonly int kind;
        private readonly byte[] shape; // the attributes it was made with, and behind them the shape it reads
        private byte[] from;           // null for the sample
        private byte[] levels;         // of a first layer

        /// <summary>A layer for the node at which the reader stands.</summary>
        protected ByteLayer(BlobReader reader)
        {
            kind = reader.Kind;
            shape = new byte[reader.AttributeBytes];
            for (int i = 0; i < shape.Length; i++)
            {
                shape[i] = (byte)reader.Attribute(i);
            }

            Inputs = reader.InputLength;
            if (reader.Input == BlobFormat.Sample)
            {
                LevelScaling = new float[reader.InputForm == InputForm.LevelsEach ? 2 * Inputs : 2];
            }
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return kind; }
        }

        /// <summary>Where the attributes begin that may differ in a model that is loaded later: behind those that the layer's memory depends on.</summary>
        protected virtual int FixedAttributes
        {
            get { return shape.Length; }
        }

        /// <summary>True for a node of the same shape: how the weights are packed depends on it.</summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            int count = FixedAttributes;
            bool same = reader.InputLength == Inputs && reader.AttributeBytes == shape.Length && (reader.Input == BlobFormat.Sample) == (LevelScaling != null);
            for (int i = ByteKind.OwnAt; same && i < count; i++)
            {
                same = reader.Attribute(i) == shape[i];
            }

            return same;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Zero = reader.Attribute(ByteKind.ZeroAt);
            Bytes = buffers[reader.Output] as byte[];
            int given = reader.BufferType(reader.Output);
            GivenZero = given == BlobFormat.Digits ? 0 : given == BlobFormat.SignedDigits ? ByteKind.Middle : Zero;
            from = null;
            if (reader.Input != BlobFormat.Sample)
            {
                from = (byte[])buffers[reader.Input];
                return;
            }

            levels = (byte[])buffers[reader.Attribute(ByteKind.LevelsAt)];
            for (int i = 0; i < LevelScaling.Length; i++)
            {
                LevelScaling[i] = reader.FloatAt(reader.NormalizationAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Run(from);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            Run(given);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling ignored)
        {
            float[] scaling = LevelScaling;
            byte[] bytes = levels;
            float scale = scaling[0];
            float offset = scaling[1];
            bool each = scaling.Length != 2;
            int i = Inputs;
            do
            {
                i--;
                if (each)
                {
                    scale = scaling[2 * i];
                    offset = scaling[2 * i + 1];
                }

                // Compared before it is converted: boards differ in what they make of floats too large.
                float number = sample[i] * scale + offset;
                if (number < -1f && -256f < number)
                {
                    bytes[i] = (byte)((int)number + LevelDenseLayer.Levels);
                }
                else
                {
                    bytes[i] = AtTheEnd(number);
                }
            }
            while (i != 0);
            Run(bytes);
        }

        /// <summary>Copies the digits that the layer last gave.</summary>
        public override void CopyOutputs(float[] values)
        {
            if (Bytes == null)
            {
                base.CopyOutputs(values);
                return;
            }

            for (int i = 0; i < Outputs; i++)
            {
                values[i] = Bytes[i] - GivenZero;
            }
        }

        /// <summary>From bytes to what the layer gives.</summary>
        protected abstract void Run(byte[] x);

        /// <summary>The level of an input that is outside the range of calibration, or at its end.</summary>
        private static byte AtTheEnd(float number)
        {
            if (-1f <= number)
            {
                return LevelDenseLayer.Levels - 1;
            }

            if (number <= -256f)
            {
                return 0;
            }

            throw new ArgumentException("An input is not a number.", "inputs");
        }
    }
}
