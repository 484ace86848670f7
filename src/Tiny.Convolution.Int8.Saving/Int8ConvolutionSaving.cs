using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8.Saving
{
    /// <summary>Reads int8 convolutions back: so that models with such layers can be saved as whole blobs, and looked into.</summary>
    public sealed class Int8ConvolutionSaving : ByteAccess
    {
        /// <summary>Makes int8 convolutions readable from now on.</summary>
        public static void Register()
        {
            ByteLayer.Access = new Int8ConvolutionSaving();
        }

        /// <inheritdoc/>
        public override void CopyDigits(long[] digits, int count, float[] values)
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

        /// <inheritdoc/>
        public override void CopyParameters(FilterLayer layer, float[] destination, int first, int count)
        {
            int each = 1 + layer.Each;
            for (int i = 0; i < count; i++)
            {
                int filter = (first + i) / each;
                int value = (first + i) % each - 1;
                destination[i] = value < 0 ? PackedFilters.BiasOf(layer, filter) : PackedFilters.WeightOf(layer, filter, value);
            }
        }

        /// <inheritdoc/>
        public override int WriteWeights(FilterLayer layer, byte[] buffer, int at)
        {
            for (int filter = 0; filter < layer.Filters; filter++)
            {
                FloatBits.WriteInt32(buffer, at, PackedFilters.BiasOf(layer, filter));
                at += 4;
            }

            Array.Copy(layer.Shifts, 0, buffer, at, layer.Shifts.Length);
            at += BlobFormat.Align(layer.Shifts.Length);
            at = layer.Table == null ? at : WriteFloats(layer.Steps, buffer, at);
            for (int filter = 0; filter < layer.Filters; filter++)
            {
                for (int value = 0; value < layer.Each; value++)
                {
                    buffer[at + filter * layer.Each + value] = (byte)PackedFilters.WeightOf(layer, filter, value);
                }
            }

            return at + BlobFormat.Align(layer.Filters * layer.Each);
        }

        /// <inheritdoc/>
        public override int WriteScaling(ByteLayer layer, byte[] buffer, int at)
        {
            return WriteFloats(layer.LevelScaling, buffer, at);
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
