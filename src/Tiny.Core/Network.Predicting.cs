using System;
using Tiny.Core.Activations;
using Tiny.Core.Layers;

namespace Tiny.Core
{
    // The way of a sample through the layers.
    public sealed partial class Network
    {
        /// <summary>Predicts from one sample in the user's units. Allocates nothing.</summary>
        /// <param name="inputs">(Inputs), all finite.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer: probabilities, scores, or values in the target's unit.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length, or an input is not finite. Outputs are untouched.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        /// <remarks>Costs, counted on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.</remarks>
        public int Predict(float[] inputs, float[] outputs)
        {
            if (inputs == null || inputs.Length != inputCount)
            {
                throw Guard.WrongLength(inputs, inputCount, "inputs");
            }

            int outline = Outline;
            int count = outline & 0xFFFF;
            if (outputs == null || outputs.Length < count)
            {
                throw Guard.WrongLength(outputs, count, "outputs");
            }

            Layer[] all = layers;
            Layer layer = all[0];
            layer.Enter(inputs, scaling);
            int end = (outline >> 16) & 127;
            for (int i = 1; i != end; i++)
            {
                layer = all[i];
                layer.Forward();
            }

            if (outline >> 29 == 0)
            {
                return Answer(layer.Output, outputs);
            }

            int best = Softmax.Run(layer.Output, outputs, count);
            return best < 0 ? throw Guard.NotFinite(0) : best;
        }

        /// <summary>
        /// Predicts from levels, for a network whose first layer takes them: what a camera or an ADC gives, without floats. Allocates
        /// nothing.
        /// </summary>
        /// <param name="levels">(Inputs), from 0 to 255.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer.</param>
        /// <returns>The class, or -1 for a regression.</returns>
        /// <exception cref="ArgumentException">An array has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">The network takes values, not levels; or its answer is not finite.</exception>
        public int PredictLevels(byte[] levels, float[] outputs)
        {
            int count = Outline & 0xFFFF;
            if (outputs == null || outputs.Length < count)
            {
                throw Guard.WrongLength(outputs, count, "outputs");
            }

            float[] answer = EnterLevels(levels);
            if (Outline >> 29 == 0)
            {
                return Answer(answer, outputs);
            }

            int best = Softmax.Run(answer, outputs, count);
            return best < 0 ? throw Guard.NotFinite(0) : best;
        }

        /// <summary>
        /// The class of a sample alone, without the probabilities that cost softmax 4,000 instructions each. Allocates nothing.
        /// </summary>
        /// <param name="inputs">(Inputs), all finite.</param>
        /// <returns>The class, as <see cref="Predict"/> gives it.</returns>
        /// <exception cref="ArgumentException">The array has the wrong length, or an input is not finite.</exception>
        /// <exception cref="InvalidOperationException">The network is a regression, or its answer is not finite.</exception>
        public int Classify(float[] inputs)
        {
            int count = LayerCount;
            Run(inputs, count);
            return Largest(layers[count - 1].Output);
        }

        /// <summary>
        /// The class of a sample given as levels: see <see cref="Classify"/> and <see cref="PredictLevels"/>. Allocates nothing.
        /// </summary>
        /// <param name="levels">(Inputs), 0 to 255 each.</param>
        /// <returns>The class, as <see cref="PredictLevels"/> gives it.</returns>
        /// <exception cref="ArgumentException">The array has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">
        /// The network is a regression or takes values, not levels; or its answer is not finite.
        /// </exception>
        public int ClassifyLevels(byte[] levels)
        {
            return Largest(EnterLevels(levels));
        }

        /// <summary>Passes a sample through the first layers alone, for whoever goes on from there with memory of its own.</summary>
        /// <param name="inputs">(Inputs), all finite.</param>
        /// <param name="count">How many layers; at least one.</param>
        /// <exception cref="ArgumentException">The array has the wrong length, or an input is not finite.</exception>
        public void Run(float[] inputs, int count)
        {
            CheckInputs(inputs);
            layers[0].Enter(inputs, scaling);
            for (int i = 1; i < count; i++)
            {
                layers[i].Forward();
            }
        }

        /// <summary>Sees to it that a sample is there and of the right length.</summary>
        /// <param name="inputs">(Inputs).</param>
        /// <exception cref="ArgumentException">It is null or of another length.</exception>
        public void CheckInputs(float[] inputs)
        {
            if (inputs == null || inputs.Length != inputCount)
            {
                throw Guard.WrongLength(inputs, inputCount, "inputs");
            }
        }

        private float[] EnterLevels(byte[] levels)
        {
            if (levels == null || levels.Length != inputCount)
            {
                throw Guard.WrongLength(levels, inputCount, "levels");
            }

            Layer[] all = layers;
            Layer layer = all[0];
            layer.EnterLevels(levels);
            int count = (Outline >> 16) & 127;
            for (int i = 1; i != count; i++)
            {
                layer = all[i];
                layer.Forward();
            }

            return layer.Output;
        }

        /// <summary>
        /// What a prediction without softmax does with the last layer's values, for whoever runs the
        /// layers by themselves too: scales them in place, checks and copies them.
        /// </summary>
        /// <param name="values">(Outputs) or longer, what the last layer gave.</param>
        /// <param name="outputs">Receives the outputs, (Outputs) or longer.</param>
        /// <returns>The class, the first of the largest; -1 for a regression.</returns>
        /// <exception cref="InvalidOperationException">A value is not finite. Outputs are untouched.</exception>
        public int Answer(float[] values, float[] outputs)
        {
            int count = Outline & 0xFFFF;
            bool regression = ((Outline >> 28) & 1) == (int)NetworkTask.Regression;
            if (regression)
            {
                scaling.RestoreOutputs(values, count);
            }

            int best = IndexOfLargest(values, count);
            Array.Copy(values, outputs, count);

            // One output is the probability of the second of two classes.
            return regression ? -1 : count == 1 ? (values[0] >= 0.5f ? 1 : 0) : best;
        }

        private int Largest(float[] answer)
        {
            if (Task == NetworkTask.Regression)
            {
                throw new InvalidOperationException("A regression has no classes.");
            }

            int count = Outputs;
            int best = IndexOfLargest(answer, count);
            return count == 1 ? (answer[0] >= 0.5f ? 1 : 0) : best;
        }

        /// <summary>The first of the largest of the values, which are all finite.</summary>
        private static int IndexOfLargest(float[] values, int count)
        {
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

            return best;
        }
    }
}
