using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>A layer that reads bytes; a first one makes them of the sample. It does not learn.</summary>
    /// <seealso cref="Int8Convolutions"/>
    public abstract class ByteLayer : Layer
    {
        /// <summary>The buffer of bytes that the layer writes; null where it writes another.</summary>
        public byte[] Bytes;

        /// <summary>The byte that counts as 0 in what the layer reads.</summary>
        public int Zero;

        /// <summary>
        /// (2) or (2 inputs), of a first layer: scale and offset of all inputs, or of each; x * scale
        /// + offset is the level less 256, cut toward 0. Else null.
        /// </summary>
        public float[] LevelScaling;

        private readonly byte[] shape; // the attributes it was made with, and behind them the code of its kind

        /// <summary>(Inputs) bytes or more, the buffer that the layer reads; of a first layer, where it puts the sample's levels.</summary>
        protected byte[] Source;

        /// <summary>A layer for the node at which the reader stands.</summary>
        protected ByteLayer(BlobReader reader)
        {
            int count = reader.AttributeBytes;
            shape = new byte[count + 1];
            shape[count] = (byte)reader.Kind;
            while (count != 0)
            {
                count--;
                shape[count] = (byte)reader.Attribute(count);
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
            get { return shape[shape.Length - 1]; }
        }

        /// <summary>The byte that counts as 0 in what the layer gives.</summary>
        public virtual int GivenZero
        {
            get { return Zero; }
        }

        /// <summary>
        /// Where the attributes begin that may differ in a model that is loaded later: behind those that the layer's memory depends on.
        /// </summary>
        protected virtual int FixedAttributes
        {
            get { return shape.Length - 1; }
        }

        /// <summary>True for a node of the same shape: how the weights are packed depends on it.</summary>
        public override bool HasRoomFor(BlobReader reader)
        {
            int count = FixedAttributes;
            bool same = reader.InputLength == Inputs && reader.AttributeBytes == shape.Length - 1
                && (reader.Input == BlobFormat.Sample) == (LevelScaling != null);
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
            bool first = reader.Input == BlobFormat.Sample;
            Source = (byte[])buffers[first ? reader.Attribute(ByteKind.LevelsAt) : reader.Input];
            for (int i = 0; first && i < LevelScaling.Length; i++)
            {
                LevelScaling[i] = reader.FloatAt(reader.NormalizationAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Run(Source);
        }

        /// <inheritdoc/>
        public override void EnterLevels(byte[] given)
        {
            Run(given);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling ignored)
        {
            ToLevels(sample, 0, Inputs);
            Run(Source);
        }

        /// <summary>Makes levels of some of the sample, from one on.</summary>
        /// <param name="sample">(Inputs), in the user's units.</param>
        /// <param name="from">The first value, from 0.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentException">A value is not a number.</exception>
        protected void ToLevels(float[] sample, int from, int count)
        {
            float[] scaling = LevelScaling;
            byte[] bytes = Source;
            long all = -1L;
            int i = count;
            if (scaling.Length == 2)
            {
                float scale = scaling[0];
                float offset = scaling[1];
                while (from != 0 && i != 0)
                {
                    i--;
                    long number = (long)(sample[from + i] * scale + offset);
                    all &= number;
                    bytes[i] = (byte)number;
                }

                // Taken from its start, the sample costs an addition less each time.
                while (i != 0)
                {
                    i--;
                    long number = (long)(sample[i] * scale + offset);
                    all &= number;
                    bytes[i] = (byte)number;
                }
            }
            else
            {
                do
                {
                    i--;
                    int at = from + i;
                    long number = (long)(sample[at] * scaling[2 * at] + scaling[2 * at + 1]);
                    all &= number;
                    bytes[i] = (byte)number;
                }
                while (i != 0);
            }

            // From -256 to -1 all higher bits are 1. No board converts NaN to such a number; plus
            // infinity and 2^64 become -1 on some, the highest level, which they are.
            if (all >> 8 != -1L)
            {
                Hold(sample, from, count, scaling, bytes);
            }
        }

        /// <summary>From bytes to what the layer gives.</summary>
        /// <param name="x">(height, width, channels) bytes.</param>
        protected abstract void Run(byte[] x);

        /// <summary>Where an input is outside the range of calibration: held within it.</summary>
        private static void Hold(float[] sample, int from, int count, float[] scaling, byte[] bytes)
        {
            for (int i = 0; i < count; i++)
            {
                int k = scaling.Length == 2 ? 0 : 2 * (from + i);
                float number = sample[from + i] * scaling[k] + scaling[k + 1];
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
