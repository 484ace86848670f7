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

        /// <summary>Where the squares of the normalised inputs sum to less, each of them is finite and within <see cref="Limit"/>.</summary>
        internal const float OrdinarySquares = 1e24f;

        internal readonly float[] InputMeans;  // (input capacity)
        internal readonly float[] InputScales; // (input capacity), 1 / standard deviation, 0 for a constant input
        private readonly float[] outputMeans;  // (output capacity), empty unless there is room for a regression
        private readonly float[] outputScales; // (output capacity)
        private int inputs;
        private int outputs;

        internal Scaling(int inputCapacity, int outputCapacity)
        {
            // Without inputs or outputs to scale there is not even an empty array: it would be 24 bytes of heap.
            if (inputCapacity > 0)
            {
                InputMeans = new float[inputCapacity];
                InputScales = new float[inputCapacity];
            }

            if (outputCapacity > 0)
            {
                outputMeans = new float[outputCapacity];
                outputScales = new float[outputCapacity];
            }
        }

        internal int InputCapacity
        {
            get { return InputMeans == null ? 0 : InputMeans.Length; }
        }

        internal int OutputCapacity
        {
            get { return outputMeans == null ? 0 : outputMeans.Length; }
        }

        /// <summary>The mean taken off an input.</summary>
        public float GetInputMean(int input)
        {
            CheckInput(input);
            return InputMeans[input];
        }

        /// <summary>The factor of an input: 1 / standard deviation, 0 for one that was constant in training.</summary>
        public float GetInputScale(int input)
        {
            CheckInput(input);
            return InputScales[input];
        }

        /// <summary>The mean added to an output of a regression.</summary>
        public float GetOutputMean(int output)
        {
            CheckOutput(output);
            return outputMeans[output];
        }

        /// <summary>The factor of an output of a regression.</summary>
        public float GetOutputScale(int output)
        {
            CheckOutput(output);
            return outputScales[output];
        }

        /// <summary>Sets the normalisation of an input. Both numbers must be finite, the scale not negative.</summary>
        public void SetInput(int input, float mean, float scale)
        {
            CheckInput(input);
            Guard.Finite(mean, "mean");
            Guard.InRange(scale, 0f, float.MaxValue, "scale");
            InputMeans[input] = mean;
            InputScales[input] = scale;
        }

        /// <summary>Sets the scaling of a regression's output. Both numbers must be finite, the scale above 0.</summary>
        public void SetOutput(int output, float mean, float scale)
        {
            CheckOutput(output);
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
                InputMeans[i] = 0f;
                InputScales[i] = 1f;
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
            float[] means = InputMeans;
            float[] scales = InputScales;
            int i = inputs;
            if ((i & 1) != 0)
            {
                i--;
                float value = (x[i] - means[i]) * scales[i];
                n[i] = value * value < OrdinarySquares ? value : Extraordinary(x[i], value, i);
            }

            while (i != 0)
            {
                i -= 2;
                int j = i + 1;
                float first = (x[i] - means[i]) * scales[i];
                float second = (x[j] - means[j]) * scales[j];
                if (!(first * first + second * second < OrdinarySquares))
                {
                    first = Extraordinary(x[i], first, i);
                    second = Extraordinary(x[j], second, j);
                }

                n[i] = first;
                n[j] = second;
            }
        }

        /// <summary>What stands for a normalised value that is past the limit, or infinity times a scale of 0.</summary>
        private static float Extraordinary(float input, float value, int index)
        {
            if (input - input != 0f)
            {
                throw new ArgumentException("inputs[" + index + "] is not a finite number.", "inputs");
            }

            return Limit <= value ? Limit : value <= -Limit ? -Limit : value - value == 0f ? value : 0f;
        }

        /// <summary>y[i] = y[i] * scale + mean, in place, for a regression.</summary>
        internal void RestoreOutputs(float[] y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = y[i] * outputScales[i] + outputMeans[i];
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
            Read(reader, reader.NormalisationAt, InputMeans, InputScales, inputs);
            Read(reader, reader.OutputScalingAt, outputMeans, outputScales, outputs);
        }

        /// <summary>Writes mean and scale of each input; returns the offset behind them.</summary>
        internal int WriteInputs(byte[] buffer, int at)
        {
            return Write(buffer, at, InputMeans, InputScales, inputs);
        }

        /// <summary>Writes mean and scale of each output of a regression; returns the offset behind them.</summary>
        internal int WriteOutputs(byte[] buffer, int at)
        {
            return Write(buffer, at, outputMeans, outputScales, outputs);
        }

        // Names are loaded only where they are thrown: each load makes an object on the device.
        private void CheckInput(int index)
        {
            if (index < 0 || index >= inputs)
            {
                throw OutOfRange("input", index, inputs);
            }
        }

        private void CheckOutput(int index)
        {
            if (index < 0 || index >= outputs)
            {
                throw OutOfRange("output", index, outputs);
            }
        }

        private static ArgumentOutOfRangeException OutOfRange(string what, int index, int count)
        {
            return new ArgumentOutOfRangeException(what, what + " " + index + ": " + count + " are scaled here; int8 layers scale their inputs themselves.");
        }

        private static int Write(byte[] buffer, int at, float[] means, float[] scales, int count)
        {
            for (int i = 0; i < count; i++)
            {
                FloatBits.Write(buffer, at, means[i]);
                FloatBits.Write(buffer, at + 4, scales[i]);
                at += 8;
            }

            return at;
        }

        private static int Read(BlobReader reader, int at, float[] means, float[] scales, int count)
        {
            for (int i = 0; i < count; i++)
            {
                means[i] = reader.FloatAt(at);
                scales[i] = reader.FloatAt(at + 4);
                at += 8;
            }

            return at;
        }
    }
}
