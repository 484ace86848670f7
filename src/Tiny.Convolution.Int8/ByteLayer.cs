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
            long all = -1L;
            int i = Inputs;
            if (scaling.Length == 2)
            {
                float scale = scaling[0];
                float offset = scaling[1];
                do
                {
                    i--;
                    long number = (long)(sample[i] * scale + offset);
                    all &= number;
                    bytes[i] = (byte)number;
                }
                while (i != 0);
            }
            else
            {
                do
                {
                    i--;
                    long number = (long)(sample[i] * scaling[2 * i] + scaling[2 * i + 1]);
                    all &= number;
                    bytes[i] = (byte)number;
                }
                while (i != 0);
            }

            // From -256 to -1 all higher bits are 1. No board converts NaN to such a number; plus infinity and 2^64 become -1 on some, the highest level, which they are.
            if (all >> 8 != -1L)
            {
                Hold(sample, scaling, bytes);
            }

            Run(bytes);
        }

        /// <summary>From bytes to what the layer gives.</summary>
        protected abstract void Run(byte[] x);

        /// <summary>Where an input is outside the range of calibration: held within it.</summary>
        private static void Hold(float[] sample, float[] scaling, byte[] bytes)
        {
            for (int i = 0; i < sample.Length; i++)
            {
                int k = scaling.Length == 2 ? 0 : 2 * i;
                float number = sample[i] * scaling[k] + scaling[k + 1];
                if (-1f <= number)
                {
                    bytes[i] = LevelDenseLayer.Levels - 1;
                }
                else if (number <= -LevelDenseLayer.Levels)
                {
                    bytes[i] = 0;
                }
                else if (!(number < -1f))
                {
                    throw new ArgumentException("An input is not a number.", "inputs");
                }
            }
        }
    }
}
