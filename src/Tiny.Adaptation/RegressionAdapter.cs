// Over 300 lines: both corrections share their examples and the test that keeps them.
using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Extras;
using Tiny.Learning;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Corrects a regression in the field from a few examples, and never ends up worse than the factory's model by what it can see. The
    /// cheapest step is an offset and a gain of the output, for a sensor that has drifted; steps of gradient descent stand behind it.
    /// Either stays only if it comes nearer to the held-out examples than the factory's model does, in so many of them that chance would do
    /// it once in twenty (an exact paired sign test), and not farther on average than what was there. All memory is taken here.
    /// </summary>
    /// <remarks>
    /// Make it before a slot store loads what was learned: the network as it is then is the factory's. Every third example is held out;
    /// each new one replaces the oldest. An adaptation costs its steps, a prediction for each example, and three for each held-out one.
    /// </remarks>
    /// <example>
    /// <code>
    /// RegressionAdapter adapter = new RegressionAdapter(network, 20, 10, 1);
    /// adapter.Add(features, 21.5f);                              // a sample, and the value it should have given
    /// AdaptResult result = adapter.Adapt(20);
    /// float value = adapter.Predict(features);
    /// </code>
    /// </example>
    public sealed class RegressionAdapter : ISlotContent
    {
        /// <summary>Held-out examples without which nothing is tried: five wins of five are once in 32 by chance.</summary>
        public const int FewestHeldOut = 5;

        private const float Risk = 0.05f;

        // As many examples, spread as those of training are, speak for a gain of 1.
        private const float Prior = 5f;

        private readonly Network network;
        private readonly LayerSnapshot factory;
        private readonly LayerSnapshot before;
        private readonly float[][] samples;        // (capacity + held out)(inputs): first those to learn from
        private readonly float[] targets;          // (capacity + held out)
        private readonly float[] factoryErrors;    // (held out)
        private readonly float[] output = new float[1];
        private readonly float[] target = new float[1];
        private readonly int capacity;
        private readonly SeededRandom random;
        private float gain = 1f;
        private float offset;
        private int learned; // ever added, to learn from and held out
        private int heldOut;

        /// <summary>An adapter of this network.</summary>
        /// <param name="network">A regression of one output, as the factory delivered it; the layers that learn are not frozen.</param>
        /// <param name="capacity">Examples to learn from, 2 or more.</param>
        /// <param name="heldOutCapacity">Examples held out, from <see cref="FewestHeldOut"/> to 120.</param>
        /// <param name="seed">Fixes the order of learning.</param>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
        /// <exception cref="ArgumentException">The network is not a regression of one output, or its last layer cannot learn.</exception>
        /// <exception cref="InvalidOperationException">The layers that would learn do not stand in a chain.</exception>
        public RegressionAdapter(Network network, int capacity, int heldOutCapacity, int seed)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            if (network.Task != NetworkTask.Regression || network.Outputs != 1)
            {
                throw new ArgumentException("Expected a regression of one output.", "network");
            }

            if (capacity < 2 || heldOutCapacity < FewestHeldOut || heldOutCapacity > SignTest.MostPairs)
            {
                throw new ArgumentOutOfRangeException(
                    "capacity", "Room for " + capacity + " examples and " + heldOutCapacity + " held out: expected 2 or more, and "
                    + FewestHeldOut + " to " + SignTest.MostPairs + ".");
            }

            this.network = network;
            this.capacity = capacity;
            Learner = new SgdLearner(network);
            factory = new LayerSnapshot(network);
            factory.Take();
            before = new LayerSnapshot(network);
            random = new SeededRandom(seed);
            targets = new float[capacity + heldOutCapacity];
            factoryErrors = new float[heldOutCapacity];
            samples = new float[targets.Length][];
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = new float[network.Inputs];
            }
        }

        /// <summary>The learner: its rate, L2 and clipping.</summary>
        public SgdLearner Learner { get; }

        /// <summary>What the network's answer is multiplied by; 1 for the factory's.</summary>
        public float Gain
        {
            get { return gain; }
        }

        /// <summary>What is then added to it, in the target's unit; 0 for the factory's.</summary>
        public float Offset
        {
            get { return offset; }
        }

        /// <summary>The corrected answer.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <returns>In the unit of the target.</returns>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is not finite.</exception>
        public float Predict(float[] sample)
        {
            network.Predict(sample, output);
            return output[0] * gain + offset;
        }

        /// <summary>
        /// Adds an example: what the answer should have been. It is learned from when <see cref="Adapt"/> is called, or held out.
        /// </summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <param name="value">The right answer, within 1e12.</param>
        /// <exception cref="ArgumentException">The sample does not fit, or the value is not finite or
        /// too large. Nothing was changed.</exception>
        /// <exception cref="InvalidOperationException">
        /// The weights are so large that the answer is not finite. Nothing was changed.
        /// </exception>
        public void Add(float[] sample, float value)
        {
            if (!(value >= -Scaling.Limit && value <= Scaling.Limit))
            {
                throw new ArgumentException("The value is not a finite number within 1e12.", "value");
            }

            network.Predict(sample, output);
            bool isHeldOut = (learned + heldOut) % ExampleStore.HeldOutEvery == ExampleStore.HeldOutEvery - 1;
            int place = isHeldOut ? capacity + heldOut % factoryErrors.Length : learned % capacity;
            Array.Copy(sample, samples[place], sample.Length);
            targets[place] = value;
            learned += isHeldOut ? 0 : 1;
            heldOut += isHeldOut ? 1 : 0;
        }

        /// <summary>
        /// Fits offset and gain, then takes steps of gradient descent, and keeps what comes nearer to
        /// the held-out examples than the factory's model.
        /// </summary>
        /// <param name="steps">Steps, 0 for offset and gain alone.</param>
        /// <returns>Kept if any of the two was, else why not.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There are fewer than 0 steps.</exception>
        public AdaptResult Adapt(int steps)
        {
            if (steps < 0)
            {
                throw new ArgumentOutOfRangeException("steps", "steps is " + steps + ", expected 0 or more.");
            }

            if (learned < 2 || heldOut < FewestHeldOut)
            {
                return AdaptResult.TooFewExamples;
            }

            MeasureFactory();
            AdaptResult corrected = Correct();
            AdaptResult stepped = steps == 0 ? AdaptResult.RolledBack : Descend(steps);
            return corrected == AdaptResult.Kept || stepped == AdaptResult.Kept ? AdaptResult.Kept : stepped;
        }

        /// <summary>Goes back to the factory's answers. Examples stay.</summary>
        public void RestoreFactory()
        {
            factory.Restore();
            gain = 1f;
            offset = 0f;
        }

        private static int Least(int a, int b)
        {
            return a < b ? a : b;
        }

        private static float Distance(float a, float b)
        {
            return a < b ? b - a : a - b;
        }

        /// <summary>
        /// The errors of the factory's model on the held-out examples: of the network as it was made, without correction.
        /// </summary>
        private void MeasureFactory()
        {
            before.Take();
            factory.Restore();
            for (int i = Least(heldOut, factoryErrors.Length) - 1; i >= 0; i--)
            {
                network.Predict(samples[capacity + i], output);
                factoryErrors[i] = Distance(output[0], targets[capacity + i]);
            }

            before.Restore();
        }

        /// <summary>The sum of the errors on the held-out examples, and in how many of them they are less than the factory's.</summary>
        private float Measure(out int wins, out int pairs)
        {
            float sum = 0f;
            wins = 0;
            pairs = 0;
            for (int i = Least(heldOut, factoryErrors.Length) - 1; i >= 0; i--)
            {
                float error = Distance(Predict(samples[capacity + i]), targets[capacity + i]);
                sum += error;
                wins += error < factoryErrors[i] ? 1 : 0;
                pairs += error == factoryErrors[i] ? 0 : 1;
            }

            return sum;
        }

        private bool IsBetter(float errorBefore)
        {
            int wins;
            int pairs;
            float error = Measure(out wins, out pairs);
            return error <= errorBefore && SignTest.ByChance(wins, pairs) <= Risk;
        }

        /// <summary>Offset and gain by least squares, the gain shrunk toward 1.</summary>
        private AdaptResult Correct()
        {
            int wins;
            float error = Measure(out wins, out wins);
            float oldGain = gain;
            float oldOffset = offset;
            int count = Least(learned, capacity);
            float meanAnswer = 0f;
            float meanTarget = 0f;
            for (int i = 0; i < count; i++)
            {
                network.Predict(samples[i], output);
                meanAnswer += (output[0] - meanAnswer) / (i + 1);
                meanTarget += (targets[i] - meanTarget) / (i + 1);
            }

            float prior = Prior * network.Scaling.OutputScales[0] * network.Scaling.OutputScales[0];
            float together = prior;
            float alone = prior;
            for (int i = 0; i < count; i++)
            {
                network.Predict(samples[i], output);
                float off = output[0] - meanAnswer;
                together += off * (targets[i] - meanTarget);
                alone += off * off;
            }

            gain = together / alone;
            offset = meanTarget - gain * meanAnswer;
            bool isOrdinary = gain > 0f && gain <= Scaling.Limit && offset >= -Scaling.Limit && offset <= Scaling.Limit;
            if (isOrdinary && IsBetter(error))
            {
                return AdaptResult.Kept;
            }

            gain = oldGain;
            offset = oldOffset;
            return AdaptResult.RolledBack;
        }

        /// <summary>Steps toward what the network would have to answer for the corrected answer to be right.</summary>
        private AdaptResult Descend(int steps)
        {
            int wins;
            float error = Measure(out wins, out wins);
            before.Take();
            AdaptResult result = AdaptResult.Kept;
            try
            {
                for (int i = 0; i < steps && result == AdaptResult.Kept; i++)
                {
                    int place = random.NextInt(Least(learned, capacity));
                    target[0] = (targets[place] - offset) / gain;
                    result = Learner.Learn(samples[place], target) == LearningResult.Learned ? AdaptResult.Kept : AdaptResult.Diverged;
                }

                result = result == AdaptResult.Kept && !IsBetter(error) ? AdaptResult.RolledBack : result;
            }
            catch (InvalidOperationException)
            {
                // The weights are finite, but so large that an answer is not.
                result = AdaptResult.Diverged;
            }

            if (result != AdaptResult.Kept)
            {
                before.Restore();
            }

            return result;
        }

        /// <inheritdoc/>
        public int Measure()
        {
            return 8;
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int at)
        {
            FloatBits.Write(buffer, at, gain);
            FloatBits.Write(buffer, at + 4, offset);
        }

        /// <inheritdoc/>
        public void Read(byte[] buffer, int at)
        {
            if (buffer == null)
            {
                RestoreFactory();
                return;
            }

            gain = FloatBits.Read(buffer, at);
            offset = FloatBits.Read(buffer, at + 4);
        }
    }
}
