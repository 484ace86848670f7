using System;
using Tiny.Core.Blobs;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>The global average of each channel, or all values as they stand: as digits or as floats.</summary>
    /// <seealso cref="Int8Convolutions"/>
    public sealed class Int8VectorLayer : ByteLayer
    {
        private const long Half = 1L << 23;
        private const int FactorBits = 24;

        /// <summary>(outputs / 3) the buffer of digits that the layer writes; null where it gives floats.</summary>
        public long[] Digits;

        /// <summary>What 1 of a sum is worth; of digits 1 / 2^24 of it.</summary>
        public int Factor;

        /// <summary>The same for floats.</summary>
        public float Scale;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8VectorLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        protected override int FixedAttributes
        {
            get { return ByteKind.OwnAt; }
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Digits = buffers[reader.Output] as long[];
            Scale = Output == null ? 0f : reader.AttributeFloat(Int8Vector.FactorAt);
            Factor = Output != null ? 0 : Kind == Int8Vector.GlobalAverageCode ? Int8Vector.Factor(reader) : 0;
        }

        /// <summary>Three bytes to a long; behind the last there is room for two more, and what they become weighs nothing.</summary>
        private static void Pack(byte[] x, long[] digits, int count, int zero)
        {
            int i = count;
            int at = 3 * i;
            do
            {
                i--;
                at -= 3;
                digits[i] = x[at] - zero + ((long)(x[at + 1] - zero) << 21) + ((long)(x[at + 2] - zero) << 43);
            }
            while (i != 0);
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            int outputs = Outputs;
            int inputs = Inputs;
            int zero = Zero * (inputs / outputs);
            int two = outputs + outputs;
            int three = two + outputs;
            int whole = inputs - inputs % (two + two);
            float[] z = Output;
            long[] digits = Digits;
            long factor = Factor;
            int place = 0;
            if (z == null)
            {
                if (Factor == 0)
                {
                    Pack(x, digits, (outputs + 2) / 3, Zero);
                    return;
                }

                Array.Clear(digits, 0, digits.Length);
            }

            for (int i = 0; i < outputs; i++)
            {
                int sum = 0;
                int at = i;
                while (at < whole)
                {
                    sum += x[at] + x[at + outputs] + x[at + two] + x[at + three];
                    at += two + two;
                }

                while (at < inputs)
                {
                    sum += x[at];
                    at += outputs;
                }

                sum -= zero;
                if (z != null)
                {
                    z[i] = sum * Scale;
                    continue;
                }

                long digit = (sum * factor + Half) >> FactorBits;
                digit = digit > Int8Layer.LargestDigit
                    ? Int8Layer.LargestDigit : digit < -Int8Layer.LargestDigit ? -Int8Layer.LargestDigit : digit;
                digits[i / 3] += digit << place;
                place = place == 0 ? 21 : place == 21 ? 43 : 0;
            }
        }
    }
}
