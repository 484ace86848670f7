using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;
using Tiny.Saving;

namespace Tiny.Recurrence.Int8.Saving
{
    /// <summary>Writes recurrent int8 layers into blobs, and looks into them.</summary>
    /// <example>
    /// <code>
    /// Int8Gru.Register();
    /// Int8GruUnpacker.Register();                                // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public sealed class Int8GruUnpacker : LayerUnpacker
    {
        private const int Lanes = 3; // z, r and n

        /// <summary>Models with recurrent int8 layers can be saved as whole blobs.</summary>
        public static void Register()
        {
            LayerUnpackers.Register(new Int8GruUnpacker());
        }

        /// <inheritdoc/>
        public override int Code
        {
            get { return Int8Gru.Int8GruCode; }
        }

        /// <inheritdoc/>
        public override int Measure(Layer layer)
        {
            Int8GruLayer gru = (Int8GruLayer)layer;
            return Int8Gru.WeightsAt(gru.Units, gru.Channels) + BlobFormat.Align(Lanes * gru.Units * (gru.Channels + gru.Units));
        }

        /// <inheritdoc/>
        public override int WriteWeights(Layer layer, byte[] buffer, int at)
        {
            Int8GruLayer gru = (Int8GruLayer)layer;
            int units = gru.Units;
            int channels = gru.Channels;
            for (int i = 0; i < channels; i++)
            {
                FloatBits.Write(buffer, at + 4 * i, gru.Scales[i]);
            }

            buffer[at + 4 * channels] = (byte)gru.Shift;
            Array.Copy(gru.Factors, 0, buffer, at + Int8Gru.FactorsAt(units, channels), gru.Factors.Length);
            int weightsAt = at + Int8Gru.WeightsAt(units, channels);
            for (int unit = 0; unit < units; unit++)
            {
                for (int bias = 0; bias < Int8Gru.Biases; bias++)
                {
                    FloatBits.WriteInt32(buffer, at + Int8Gru.BiasesAt(channels) + 4 * (Int8Gru.Biases * unit + bias),
                        gru.BiasOf(unit, bias));
                }

                for (int lane = 0; lane < Lanes; lane++)
                {
                    for (int input = 0; input < channels + units; input++)
                    {
                        buffer[weightsAt++] = (byte)gru.WeightOf(unit, lane, input);
                    }
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
        /// Copies what the weights stand for, unit by unit: z, r and n, bias, channels and states
        /// each; of n the bias for the state stands behind.
        /// </summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public override void CopyParameters(Layer layer, float[] destination, int first, int count)
        {
            Int8GruLayer gru = (Int8GruLayer)layer;
            int index = -first;
            for (int unit = 0; unit < gru.Units; unit++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    Put(destination, index++, count, gru.BiasOf(unit, lane) * gru.StepOf(-1));
                    for (int input = 0; input < gru.Channels + gru.Units; input++)
                    {
                        Put(destination, index++, count,
                            gru.WeightOf(unit, lane, input) * gru.FactorOf(unit, lane, input) * gru.StepOf(input));
                    }
                }

                Put(destination, index++, count, gru.BiasOf(unit, Lanes) * gru.StepOf(-1));
            }
        }

        /// <inheritdoc/>
        public override void CopyOutputs(Layer layer, float[] values)
        {
            Array.Copy(layer.Output, 0, values, 0, layer.Outputs);
        }

        private static void Put(float[] destination, int at, int count, float value)
        {
            if (at >= 0 && at < count)
            {
                destination[at] = value;
            }
        }
    }
}
