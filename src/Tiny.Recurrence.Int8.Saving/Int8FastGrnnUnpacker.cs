using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Recurrence.Int8.Saving
{
    /// <summary>Writes FastGRNN layers of int8 weights into blobs, and looks into them.</summary>
    /// <example>
    /// <code>
    /// Int8FastGrnn.Register();
    /// Int8FastGrnnUnpacker.Register();                           // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public sealed class Int8FastGrnnUnpacker : LayerUnpacker
    {
        /// <summary>Models with FastGRNN int8 layers can be saved as whole blobs.</summary>
        public static void Register()
        {
            LayerUnpackers.Register(new Int8FastGrnnUnpacker());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return Int8FastGrnn.Int8FastGrnnCode; }
        }

        /// <inheritdoc/>
        public override int Measure(Layer layer)
        {
            Int8FastGrnnLayer units = (Int8FastGrnnLayer)layer;
            return Int8FastGrnn.WeightsAt(units.Units, units.Channels) + BlobFormat.Align(units.Units * (units.Channels + units.Units));
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            Int8FastGrnnLayer grnn = (Int8FastGrnnLayer)layer;
            int units = grnn.Units;
            int channels = grnn.Channels;
            for (int i = 0; i < channels + units; i++)
            {
                FloatBits.Write(buffer, at + 4 * i, grnn.Scales[i]);
            }

            int biasesAt = at + Int8FastGrnn.BiasesAt(units, channels);
            int weightsAt = at + Int8FastGrnn.WeightsAt(units, channels);
            FloatBits.Write(buffer, biasesAt - 12, grnn.Zeta);
            FloatBits.Write(buffer, biasesAt - 8, grnn.Nu);
            buffer[biasesAt - 4] = (byte)grnn.Shift;
            Array.Copy(grnn.Factors, 0, buffer, at + Int8FastGrnn.FactorsAt(units, channels), grnn.Factors.Length);
            for (int unit = 0; unit < units; unit++)
            {
                FloatBits.WriteInt32(buffer, biasesAt, grnn.BiasOf(unit));
                FloatBits.WriteInt32(buffer, biasesAt + 4, grnn.Offsets[unit]);
                biasesAt += Int8FastGrnn.BiasBytes;
                for (int input = 0; input < channels + units; input++)
                {
                    buffer[weightsAt++] = (byte)grnn.WeightOf(unit, input);
                }
            }

            return at + Measure(layer);
        }

        /// <summary>Nothing: the layer takes floats.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="buffer">Receives no bytes.</param>
        /// <param name="at">The offset.</param>
        /// <returns>The same offset.</returns>
        public override int WriteScaling(Layer layer, byte[] buffer, int at)
        {
            return at;
        }

        /// <summary>
        /// Copies what the weights stand for, in the order of the float32 kind: rows of bias,
        /// channels and states, then c of each unit, zeta and nu.
        /// </summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            Int8FastGrnnLayer grnn = (Int8FastGrnnLayer)layer;
            int row = 1 + grnn.Channels + grnn.Units;
            int rows = grnn.Units * row;
            for (int i = 0; i < count; i++)
            {
                int at = first + i;
                int behind = at - rows;
                destination[i] = behind < 0 ? Of(grnn, at / row, at % row - 1)
                    : behind < grnn.Units ? grnn.Offsets[behind] * grnn.StepOf(-1)
                    : behind == grnn.Units ? grnn.Zeta
                    : grnn.Nu;
            }
        }

        /// <inheritdoc/>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            Array.Copy(layer.Output, 0, values, 0, layer.Outputs);
        }

        private static float Of(Int8FastGrnnLayer grnn, int unit, int input)
        {
            return input < 0 ? grnn.BiasOf(unit) * grnn.StepOf(-1)
                : grnn.WeightOf(unit, input) * grnn.FactorOf(unit, input) * grnn.StepOf(input);
        }
    }
}
