using System;
using Tiny.Core.Blobs;

namespace Tiny.Core
{
    /// <summary>
    /// The numbers between the user's units and the network's: each input is (x - mean) * scale, each output
    /// of a regression y * scale + mean. The arrays are the network's own; whoever changes them sees to it
    /// that all is finite, input scales not negative and output scales above 0.
    /// </summary>
    /// <seealso cref="Network"/>
    public sealed class Scaling
    {
        /// <summary>
        /// Normalized inputs are held within this, so that no finite input can overflow a network whose weights are of any ordinary size.
        /// </summary>
        public const float Limit = 1e12f;

        /// <summary>
        /// Where the squares of the normalized inputs sum to less, each of them is finite and within <see cref="Limit"/>.
        /// </summary>
        public const float OrdinarySquares = 1e24f;

        /// <summary>(input capacity); null where inputs are not normalized.</summary>
        public readonly float[] InputMeans;

        /// <summary>(input capacity) 1 / standard deviation, 0 for an input that was constant in training.</summary>
        public readonly float[] InputScales;

        /// <summary>(output capacity); null where there is no room for a regression.</summary>
        public readonly float[] OutputMeans;

        /// <summary>(output capacity).</summary>
        public readonly float[] OutputScales;

        private int inputs;

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
                OutputMeans = new float[outputCapacity];
                OutputScales = new float[outputCapacity];
            }
        }

        /// <summary>
        /// n[i] = (x[i] - mean) * scale, held within <see cref="Limit"/>. Allocates nothing; the time grows with the inputs.
        /// </summary>
        /// <param name="n">(inputs) or longer. Receives the normalized values; may be x.</param>
        /// <param name="x">(inputs), in the user's units.</param>
        /// <exception cref="ArgumentException">An input is infinite or not a number.</exception>
        public void Normalize(float[] n, float[] x)
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

        /// <summary>What stands for a normalized value that is past the limit, or infinity times a scale of 0.</summary>
        private static float Extraordinary(float input, float value, int index)
        {
            if (input - input != 0f)
            {
                throw Guard.NotFinite("inputs", index);
            }

            return Limit <= value ? Limit : value <= -Limit ? -Limit : value - value == 0f ? value : 0f;
        }

        /// <summary>y[i] = y[i] * scale + mean, in place, for a regression.</summary>
        internal void RestoreOutputs(float[] y, int count)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = y[i] * OutputScales[i] + OutputMeans[i];
            }
        }

        internal void Read(BlobReader reader)
        {
            inputs = reader.InputForm == InputForm.Values ? reader.Inputs : 0;
            Read(reader, reader.NormalizationAt, InputMeans, InputScales, inputs);
            Read(reader, reader.outputScalingAt, OutputMeans, OutputScales, reader.Task == NetworkTask.Regression ? reader.Outputs : 0);
        }

        private static void Read(BlobReader reader, int at, float[] means, float[] scales, int count)
        {
            for (int i = 0; i < count; i++)
            {
                means[i] = reader.FloatAt(at);
                scales[i] = reader.FloatAt(at + 4);
                at += 8;
            }
        }
    }
}
