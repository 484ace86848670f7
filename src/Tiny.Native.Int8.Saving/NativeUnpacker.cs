using System;
using Tiny.Convolution.Int8;
using Tiny.Core.Arithmetic;
using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Native.Int8.Saving
{
    /// <summary>Reads int8 layers of native kernels back. Their weights are as a blob has them.</summary>
    /// <seealso cref="NativeInt8Saving"/>
    public sealed class NativeUnpacker : LayerUnpacker
    {
        private readonly int code;

        /// <summary>For layers of a kind.</summary>
        /// <param name="code">The code of the kind.</param>
        public NativeUnpacker(int code)
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
            PlainWeights plain = PlainOf(layer);
            return plain == null ? 0 : plain.Length;
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            PlainWeights plain = PlainOf(layer);
            if (plain == null)
            {
                return at;
            }

            Array.Copy(plain.Bytes, plain.BiasesAt, buffer, at, plain.Length);
            return at + plain.Length;
        }

        /// <inheritdoc/>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            NativeLevelDenseLayer first = layer as NativeLevelDenseLayer;
            float[] scaling = first == null ? ((ByteLayer)layer).LevelScaling : first.Scaling;
            for (int i = 0; i < scaling.Length; i++)
            {
                FloatBits.Write(buffer, at, scaling[i]);
                at += 4;
            }

            return at;
        }

        /// <summary>
        /// Copies biases and weights in whole numbers, row by row, the bias first; of a layer that gives floats times their row's scale.
        /// </summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            PlainWeights plain = PlainOf(layer);
            if (plain == null)
            {
                return;
            }

            NativeInt8Layer dense = layer as NativeInt8Layer;
            float[] scales = dense == null ? null : dense.Scales;
            int each = layer.ParameterCount / plain.Starts.Length;
            for (int i = 0; i < count; i++)
            {
                int row = (first + i) / each;
                int input = (first + i) % each - 1;
                int value = input < 0
                    ? FloatBits.ReadInt32(plain.Bytes, plain.BiasesAt + 4 * row)
                    : (sbyte)plain.Bytes[plain.WeightsAt + row * (each - 1) + input];
                destination[i] = scales == null ? value : value * scales[row];
            }
        }

        /// <summary>Copies the digits that the layer last gave.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="values">(Outputs) or longer. Receives the digits.</param>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            NativeInt8Layer dense = layer as NativeInt8Layer;
            NativeInt8VectorLayer vector = layer as NativeInt8VectorLayer;
            if (dense != null || vector != null)
            {
                CopyDigits(dense != null ? dense.Digits : vector.Digits, layer.Outputs, values);
                return;
            }

            ByteLayer bytes = (ByteLayer)layer;
            for (int i = 0; i < layer.Outputs; i++)
            {
                values[i] = bytes.Bytes[i] - bytes.GivenZero;
            }
        }

        private static void CopyDigits(long[] digits, int count, float[] values)
        {
            byte[] bytes = new byte[(count + 2) / 3 * 3];
            Int8Kernels.Unpack(digits, bytes, count);
            for (int i = 0; i < count; i++)
            {
                values[i] = bytes[i] - ByteKind.Middle;
            }
        }

        private static PlainWeights PlainOf(Layer layer)
        {
            NativeInt8Layer dense = layer as NativeInt8Layer;
            NativeFilterLayer filters = layer as NativeFilterLayer;
            return dense != null ? dense.Plain : filters != null ? filters.Plain : null;
        }
    }
}
