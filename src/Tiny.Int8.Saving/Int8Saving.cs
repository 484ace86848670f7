using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Int8.Saving
{
    /// <summary>Reads packed int8 layers back: so that models with such layers can be saved as whole blobs, and looked into.</summary>
    public sealed class Int8Saving : Int8Access
    {
        /// <summary>Makes int8 layers readable from now on.</summary>
        public static void Register()
        {
            Int8Layer.Access = new Int8Saving();
        }

        /// <inheritdoc/>
        public override void CopyDigits(Int8Layer layer, float[] values)
        {
            for (int row = 0; row < layer.Rows; row++)
            {
                values[row] = PackedWeights.Unpack(layer.Digits[row / 3], row % 3);
            }
        }

        /// <inheritdoc/>
        public override void CopyParameters(Int8Layer layer, float[] destination, int first, int count)
        {
            int each = 1 + layer.Inputs;
            for (int i = 0; i < count; i++)
            {
                int row = (first + i) / each;
                int input = (first + i) % each - 1;
                destination[i] = (input < 0 ? PackedWeights.BiasOf(layer, row) : PackedWeights.WeightOf(layer, row, input)) * (layer.Scales == null ? 1f : layer.Scales[row]);
            }
        }

        /// <inheritdoc/>
        public override int WriteWeights(Int8Layer layer, byte[] buffer, int at)
        {
            int rows = layer.Rows;
            for (int row = 0; row < rows; row++)
            {
                FloatBits.WriteInt32(buffer, at, PackedWeights.BiasOf(layer, row));
                at += 4;
            }

            at = layer.Scales == null ? WriteSteps(layer, buffer, at) : WriteFloats(layer.Scales, rows, buffer, at);
            int inputs = layer.Inputs;
            for (int row = 0; row < rows; row++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    buffer[at + row * inputs + input] = (byte)PackedWeights.WeightOf(layer, row, input);
                }
            }

            return at + BlobFormat.Align(rows * inputs);
        }

        /// <inheritdoc/>
        public override int WriteScaling(Int8Layer layer, byte[] buffer, int at)
        {
            float[] scaling = ((LevelDenseLayer)layer).Scaling;
            return WriteFloats(scaling, scaling.Length, buffer, at);
        }

        private static int WriteSteps(Int8Layer layer, byte[] buffer, int at)
        {
            Array.Copy(layer.Shifts, 0, buffer, at, layer.Shifts.Length);
            at += BlobFormat.Align(layer.Shifts.Length);
            return layer.Table == null ? at : WriteFloats(layer.Steps, 2, buffer, at);
        }

        private static int WriteFloats(float[] values, int count, byte[] buffer, int at)
        {
            for (int i = 0; i < count; i++)
            {
                FloatBits.Write(buffer, at, values[i]);
                at += 4;
            }

            return at;
        }
    }
}
