using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Int8;
using Tiny.Saving;

namespace Tiny.Convolution.Int8.Saving
{
    /// <summary>Reads int8 convolutions back, and the layers of bytes between them, which have no weights.</summary>
    /// <seealso cref="Int8ConvolutionSaving"/>
    public sealed class ByteUnpacker : LayerUnpacker
    {
        private readonly int code;

        /// <summary>For layers of a kind.</summary>
        /// <param name="code">The code of the kind.</param>
        public ByteUnpacker(int code)
        {
            this.code = code;
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return code; }
        }

        /// <inheritdoc/>
        public override int Measure(Layer layer)
        {
            FilterLayer filters = layer as FilterLayer;
            return filters == null ? 0 : 4 * filters.Filters + Int8Attributes.StepBytes(filters.Activation, filters.Filters)
                + BlobFormat.Align(filters.Filters * filters.Each);
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            FilterLayer filters = layer as FilterLayer;
            if (filters == null)
            {
                return at;
            }

            for (int filter = 0; filter < filters.Filters; filter++)
            {
                FloatBits.WriteInt32(buffer, at, PackedFilters.BiasOf(filters, filter));
                at += 4;
            }

            Array.Copy(filters.Shifts, 0, buffer, at, filters.Shifts.Length);
            at += BlobFormat.Align(filters.Shifts.Length);
            at = filters.Table == null ? at : WriteFloats(filters.Steps, buffer, at);
            for (int filter = 0; filter < filters.Filters; filter++)
            {
                for (int value = 0; value < filters.Each; value++)
                {
                    buffer[at + filter * filters.Each + value] = (byte)PackedFilters.WeightOf(filters, filter, value);
                }
            }

            return at + BlobFormat.Align(filters.Filters * filters.Each);
        }

        /// <inheritdoc/>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            return WriteFloats(((ByteLayer)layer).LevelScaling, buffer, at);
        }

        /// <summary>Copies biases and weights in whole numbers: filter by filter, the bias first.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            FilterLayer filters = layer as FilterLayer;
            for (int i = 0; filters != null && i < count; i++)
            {
                int filter = (first + i) / (1 + filters.Each);
                int value = (first + i) % (1 + filters.Each) - 1;
                destination[i] = value < 0 ? PackedFilters.BiasOf(filters, filter) : PackedFilters.WeightOf(filters, filter, value);
            }
        }

        /// <summary>Copies the digits that the layer last gave.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="values">(Outputs) or longer. Receives the digits.</param>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            ByteLayer bytes = (ByteLayer)layer;
            if (bytes.Bytes == null)
            {
                CopyDigits(((Int8VectorLayer)layer).Digits, layer.Outputs, values);
                return;
            }

            for (int i = 0; i < layer.Outputs; i++)
            {
                values[i] = bytes.Bytes[i] - bytes.GivenZero;
            }
        }

        private static void CopyDigits(long[] digits, int count, float[] values)
        {
            for (int i = 0; i < count; i++)
            {
                // The lowest digits first: what is taken away leaves the others whole.
                long three = digits[i / 3];
                for (int lane = 0; lane <= i % 3; lane++)
                {
                    long digit = (sbyte)three;
                    values[i] = digit;
                    three = (three - digit) >> (lane == 1 ? 22 : 21);
                }
            }
        }

        private static int WriteFloats(float[] values, byte[] buffer, int at)
        {
            for (int i = 0; i < values.Length; i++)
            {
                FloatBits.Write(buffer, at, values[i]);
                at += 4;
            }

            return at;
        }
    }
}
