using System;
using Tiny.Core.Arithmetic;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// The numbers between the user's units and the network's: each input is (x - mean) * scale, each output of a regression
    /// y * scale + mean.
    /// </summary>
    public sealed class Scaling
    {
        /// <summary>
        /// Normalised inputs are held within this, so that no finite input can overflow a network whose weights are of any ordinary size.
        /// </summary>
        public const float Limit = 1e12f;

        private readonly float[] inputMeans;   // (input capacity)
        private readonly float[] inputScales;  // (input capacity), 1 / standard deviation, 0 for a constant input
        private readonly float[] outputMeans;  // (output capacity), empty unless there is room for a regression
        private readonly float[] outputScales; // (output capacity)
        private int inputs;
        private int outputs;

        internal Scaling(int inputCapacity, int outputCapacity)
        {
            inputMeans = new float[inputCapacity];
            inputScales = new float[inputCapacity];
            outputMeans = new float[outputCapacity];
            outputScales = new float[outputCapacity];
        }

        internal int InputCapacity
        {
            get { return inputMeans.Length; }
        }

        internal int OutputCapacity
        {
            get { return outputMeans.Length; }
        }

        /// <summary>The mean taken off an input.</summary>
        public float GetInputMean(int input)
        {
            return inputMeans[input];
        }

        /// <summary>The factor of an input: 1 / standard deviation, 0 for one that was constant in training.</summary>
        public float GetInputScale(int input)
        {
            return inputScales[input];
        }

        /// <summary>The mean added to an output of a regression.</summary>
        public float GetOutputMean(int output)
        {
            return outputMeans[output];
        }

        /// <summary>The factor of an output of a regression.</summary>
        public float GetOutputScale(int output)
        {
            return outputScales[output];
        }

        /// <summary>Sets the normalisation of an input. Both numbers must be finite, the scale not negative.</summary>
        public void SetInput(int input, float mean, float scale)
        {
            Guard.Finite(mean, "mean");
            Guard.InRange(scale, 0f, float.MaxValue, "scale");
            inputMeans[input] = mean;
            inputScales[input] = scale;
        }

        /// <summary>Sets the scaling of a regression's output. Both numbers must be finite, the scale above 0.</summary>
        public void SetOutput(int output, float mean, float scale)
        {
            Guard.Finite(mean, "mean");
            Guard.InRange(scale, float.Epsilon, float.MaxValue, "scale");
            outputMeans[output] = mean;
            outputScales[output] = scale;
        }

        /// <summary>Every input and output as it is: mean 0, scale 1.</summary>
        internal void Define(int inputCount, int outputCount)
        {
            inputs = inputCount;
            outputs = outputCount;
            for (int i = 0; i < inputCount; i++)
            {
                inputMeans[i] = 0f;
                inputScales[i] = 1f;
            }

            for (int i = 0; i < outputCount; i++)
            {
                outputMeans[i] = 0f;
                outputScales[i] = 1f;
            }
        }

        /// <summary>n[i] = (x[i] - mean) * scale, held within <see cref="Limit"/>.</summary>
        /// <exception cref="ArgumentException">An input is infinite or not a number.</exception>
        internal void Normalise(float[] n, float[] x)
        {
            float[] means = inputMeans;
            float[] scales = inputScales;
            int count = inputs;
            for (int i = 0; i < count; i++)
            {
                float value = x[i];
                if (value - value != 0f)
                {
                    throw new ArgumentException("inputs[" + i + "] is not a finite number.", "inputs");
                }

                value = (value - means[i]) * scales[i];
                if (!(value > -Limit && value < Limit))
                {
                    // Past the limit, or infinity times a scale of 0.
                    value = value >= Limit ? Limit : value <= -Limit ? -Limit : 0f;
                }

                n[i] = value;
            }
        }

        /// <summary>y[i] = o[i] * scale + mean for a regression; a plain copy else.</summary>
        internal void RestoreOutputs(float[] y, float[] o, int count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = i < outputs ? o[i] * outputScales[i] + outputMeans[i] : o[i];
            }
        }

        /// <summary>o[i] = (y[i] - mean) / scale for a regression; a plain copy else.</summary>
        internal void NormaliseTargets(float[] o, float[] y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                o[i] = i < outputs ? (y[i] - outputMeans[i]) / outputScales[i] : y[i];
            }
        }

        internal void ReadFrom(BlobReader reader)
        {
            int at = reader.NormalisationAt;
            for (int i = 0; i < inputs; i++)
            {
                inputMeans[i] = reader.FloatAt(at);
                inputScales[i] = reader.FloatAt(at + 4);
                at += 8;
            }

            for (int i = 0; i < outputs; i++)
            {
                outputMeans[i] = reader.FloatAt(at);
                outputScales[i] = reader.FloatAt(at + 4);
                at += 8;
            }
        }

        /// <summary>Writes mean and scale of each input, then of each output; returns the offset behind them.</summary>
        internal int WriteTo(byte[] buffer, int at)
        {
            for (int i = 0; i < inputs; i++)
            {
                FloatBits.Write(buffer, at, inputMeans[i]);
                FloatBits.Write(buffer, at + 4, inputScales[i]);
                at += 8;
            }

            for (int i = 0; i < outputs; i++)
            {
                FloatBits.Write(buffer, at, outputMeans[i]);
                FloatBits.Write(buffer, at + 4, outputScales[i]);
                at += 8;
            }

            return at;
        }
    }
}
