using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Int8.Saving
{
    /// <summary>Reads packed int8 layers back, of levels or of digits.</summary>
    /// <seealso cref="Int8Saving"/>
    public sealed class Int8Unpacker : LayerUnpacker
    {
        private readonly int code;

        /// <summary>For layers of a kind.</summary>
        /// <param name="code">The code of the kind.</param>
        public Int8Unpacker(int code)
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
            Int8Layer packed = (Int8Layer)layer;
            return (int)Int8Attributes.WeightBytes(packed.Activation, packed.Rows, packed.Inputs, packed.Scales != null);
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            Int8Layer packed = (Int8Layer)layer;
            int rows = packed.Rows;
            for (int row = 0; row < rows; row++)
            {
                FloatBits.WriteInt32(buffer, at, PackedWeights.BiasOf(packed, row));
                at += 4;
            }

            at = WriteHead(packed, buffer, at);
            int inputs = packed.Inputs;
            for (int row = 0; row < rows; row++)
            {
                for (int input = 0; input < inputs; input++)
                {
                    buffer[at + row * inputs + input] = (byte)PackedWeights.WeightOf(packed, row, input);
                }
            }

            return at + BlobFormat.Align(rows * inputs);
        }

        /// <summary>Writes the scales of a layer, or its shifts and steps; returns the offset behind them.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="buffer">Receives the bytes; long enough for the whole blob.</param>
        /// <param name="at">Where the first byte goes, from 0.</param>
        public int WriteHead(Int8Layer layer, byte[] buffer, int at)
        {
            return layer.Scales == null ? WriteSteps(layer, buffer, at) : WriteFloats(layer.Scales, layer.Rows, buffer, at);
        }

        /// <inheritdoc/>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            float[] scaling = ((LevelDenseLayer)layer).Scaling;
            return WriteFloats(scaling, scaling.Length, buffer, at);
        }

        /// <summary>Copies biases and weights in whole numbers; behind the last int8 layer times their row's scale.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            Int8Layer packed = (Int8Layer)layer;
            int each = 1 + packed.Inputs;
            for (int i = 0; i < count; i++)
            {
                int row = (first + i) / each;
                int input = (first + i) % each - 1;
                destination[i] = (input < 0 ? PackedWeights.BiasOf(packed, row) : PackedWeights.WeightOf(packed, row, input))
                    * (packed.Scales == null ? 1f : packed.Scales[row]);
            }
        }

        /// <summary>Copies the digits as they are.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="values">(Outputs) or longer. Receives the digits.</param>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            Int8Layer packed = (Int8Layer)layer;
            for (int row = 0; row < packed.Rows; row++)
            {
                values[row] = PackedWeights.Unpack(packed.Digits[row / 3], row % 3);
            }
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
