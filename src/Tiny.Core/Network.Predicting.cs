using System;
using Tiny.Core.Activations;
using Tiny.Core.Kernels;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    // The way of a sample through the layers.
    public sealed partial class Network
    {
        /// <summary>Predicts from one sample in the user's units. Allocates nothing.</summary>
        /// <param name="inputs">(Inputs), all finite. An int8 first layer holds infinities, as all numbers, within its range of calibration.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer: probabilities, scores, or values in the target's unit.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length, or an input is NaN, or infinite where the first layer is float32. Outputs are untouched.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        /// <remarks>Costs, counted on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
        public int Predict(float[] inputs, float[] outputs)
        {
            if (inputs == null || inputs.Length != inputCount)
            {
                throw Guard.WrongLength(inputs, inputCount, "inputs");
            }

            if (outputs == null || outputs.Length < outputCount)
            {
                throw Guard.WrongLength(outputs, outputCount, "outputs");
            }

            if (packed != null)
            {
                return PredictPacked(inputs, null, outputs);
            }

            DenseLayer[] all = layers;
            DenseLayer layer = all[0];
            float[] z = back;
            float[] room = scratch;
            if (room != null
                || !DenseForward.Run(inputs, scaling.InputMeans, scaling.InputScales, z, layer, 0, inputCount, layer.floor, true))
            {
                scaling.Normalise(front, inputs);
                layer.Sums(z, front, room, false);
            }

            int count = denseCount;
            for (int i = 1; i != count; i++)
            {
                if (layer.floor != 0f)
                {
                    layer.Activate(z);
                }

                layer = all[i];
                float[] to = (i & 1) == 0 ? back : front;
                if (room == null)
                {
                    DenseForward.Run(z, null, null, to, layer, 0, layer.inputs, layer.floor, false);
                }
                else
                {
                    layer.Sums(to, z, room, false);
                }

                z = to;
            }

            return layer.activation == Activation.Softmax ? Probabilities(z, outputs) : Answer(z, layer, outputs);
        }

        /// <summary>Predicts from levels, for a network whose first layers are int8: what a camera or an ADC gives, without floats.</summary>
        /// <param name="levels">(Inputs); see <see cref="OutputPackedLayer"/> for what a level is in the user's units.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">The network takes values, not levels; or its answer is not finite.</exception>
        public int PredictLevels(byte[] levels, float[] outputs)
        {
            if (packed == null)
            {
                throw new InvalidOperationException("The first layer is float32: it takes values, not levels.");
            }

            if (levels == null || levels.Length != inputCount)
            {
                throw levels == null ? new ArgumentNullException("levels")
                    : new ArgumentException("levels holds " + levels.Length + " values, expected " + inputCount + ".", "levels");
            }

            if (outputs == null || outputs.Length < outputCount)
            {
                throw Guard.WrongLength(outputs, outputCount, "outputs");
            }

            return PredictPacked(null, levels, outputs);
        }

        /// <summary>x (inputs of the first float32 layer): what that layer sees for a sample.</summary>
        internal void EnterFloats(float[] x, float[] sample)
        {
            if (packed == null)
            {
                scaling.Normalise(x, sample);
            }
            else
            {
                packed.Run(x, sample, null);
                PackedLayer last = packed.Last;
                ActivationFunction.Forward(x, last.activation, last.parameter, last.rows);
            }
        }

        private int PredictPacked(float[] inputs, byte[] levels, float[] outputs)
        {
            float[] z = front;
            packed.Run(z, inputs, levels);
            Layer layer = packed.Last;
            for (int i = 0; i < denseCount; i++)
            {
                float[] to = (i & 1) == 0 ? back : front;
                layer.Activate(z);
                layers[i].Sums(to, z, scratch, false);
                layer = layers[i];
                z = to;
            }

            return layer.activation == Activation.Softmax ? Probabilities(z, outputs) : Answer(z, layer, outputs);
        }

        private int Probabilities(float[] sums, float[] outputs)
        {
            int best = Softmax.Run(sums, outputs, outputCount);
            if (best < 0)
            {
                throw Guard.NotFinite(0);
            }

            return best;
        }

        /// <summary>Activates, scales, checks and hands over the last layer's sums; returns the class, the first of the largest, or -1.</summary>
        private int Answer(float[] values, Layer layer, float[] outputs)
        {
            layer.Activate(values);
            int count = outputCount;
            bool regression = task == NetworkTask.Regression;
            if (regression)
            {
                scaling.RestoreOutputs(values, count);
            }

            // Two passes that stop nowhere are cheaper than one that copies and compares: a copy is one native call.
            float check = 0f;
            float largest = values[0];
            int best = 0;
            int i = count;
            do
            {
                i--;
                float value = values[i];
                check += value - value;
                if (largest <= value)
                {
                    largest = value;
                    best = i;
                }
            }
            while (i != 0);

            if (check != 0f)
            {
                throw Guard.NotFinite(best);
            }

            Array.Copy(values, outputs, count);

            // One output is the probability of the second of two classes.
            return regression ? -1 : count == 1 ? (largest >= 0.5f ? 1 : 0) : best;
        }

        internal void CheckInputs(float[] inputs)
        {
            if (inputs == null || inputs.Length != Inputs)
            {
                throw Guard.WrongLength(inputs, Inputs, "inputs");
            }
        }
    }
}
