using Tiny.Core.Activations;
using Tiny.Core.Blobs;

namespace Tiny.Int8
{
    /// <summary>The activations of int8 layers that are not ReLU: a digit from -127 to 127 for each shifted sum from -128 to 127.</summary>
    /// <seealso cref="Int8Layers"/>
    public static class Int8Table
    {
        /// <summary>Takes the steps from the blob and makes the table.</summary>
        /// <param name="reader">Holds the blob.</param>
        /// <param name="at">Where the two steps stand.</param>
        /// <param name="activation">The activation.</param>
        /// <param name="parameter">Its parameter, or 0.</param>
        /// <param name="table">Receives the digits of -128 to 127, (256).</param>
        /// <param name="steps">Receives what 1 of a shifted sum is worth to the activation, and 1 of a digit, (2).</param>
        public static void Read(BlobReader reader, int at, Activation activation, float parameter, sbyte[] table, float[] steps)
        {
            float sumStep = reader.FloatAt(at);
            float digitStep = reader.FloatAt(at + 4);
            steps[1] = digitStep;
            for (int step = -128; step < 128; step++)
            {
                steps[0] = step * sumStep;
                ActivationFunction.Forward(steps, activation, parameter, 1);
                float digit = steps[0] / digitStep;
                table[step + 128] = (sbyte)(digit >= Int8Layer.LargestDigit
                    ? Int8Layer.LargestDigit : digit <= -Int8Layer.LargestDigit ? -Int8Layer.LargestDigit
                    : (int)(digit < 0f ? digit - 0.5f : digit + 0.5f));
            }

            steps[0] = sumStep;
        }
    }
}
