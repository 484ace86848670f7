using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Notices when the world is no longer that of the training set, and asks for labels. It keeps exponentially weighted means and
    /// variances of the inputs, corrected for their start, against those in the blob, and the share of answers that are not confident.
    /// </summary>
    /// <remarks>
    /// Each input is held within <see cref="Farthest"/> standard deviations of its mean in training before it counts. So one
    /// reading, however wrong, moves a mean by at most 4 / memory and a variance by at most 16 / memory, and what is kept stays
    /// bounded. What is not a finite number is refused. Takes two floats an input. On a Cortex-M4F an observation costs about
    /// 20,000 instructions and 6,600 for each input, the score about 4,000 and 6,800; neither allocates. Int8 networks keep no
    /// statistics of their inputs: there the score is the share of unsure answers alone.
    /// </remarks>
    /// <example>
    /// <code>
    /// DriftMonitor drift = new DriftMonitor(network, 200);       // remembers about 200 predictions
    /// network.Predict(features, outputs);
    /// drift.Observe(features, outputs);
    /// bool ask = drift.AsksForLabels;
    /// </code>
    /// </example>
    public sealed class DriftMonitor
    {
        /// <summary>Standard deviations of training from the mean, beyond which an input counts as no farther.</summary>
        public const float Farthest = 4f;

        /// <summary>The longest memory: a float has no room for the share of one observation in more.</summary>
        public const int LongestMemory = 1000000;

        private readonly Network network;
        private readonly float rate;
        private readonly bool hasStatistics;
        private readonly float[] means;   // (inputs) of the normalized inputs, weighted, not corrected
        private readonly float[] squares; // (inputs) of their squares
        private float unsure;             // share of unsure answers, weighted, not corrected
        private float weight;             // 1 - (1 - rate)^observations: what the three above are to be divided by
        private float confidence = 0.6f;
        private float threshold = 0.5f;

        /// <summary>A monitor that has seen nothing.</summary>
        /// <param name="network">The classifier whose inputs and answers are watched.</param>
        /// <param name="memory">Observations it remembers: each weighs 1 / memory. From 2 to <see cref="LongestMemory"/>.</param>
        /// <exception cref="ArgumentNullException">There is no network.</exception>
        /// <exception cref="ArgumentException">The network is a regression, whose outputs say nothing of how sure it is.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The memory is out of range.</exception>
        public DriftMonitor(Network network, int memory)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            if (network.Task != NetworkTask.Classification)
            {
                throw new ArgumentException(
                    "The network is a regression: its outputs do not say how sure it is. Drift is watched of classifiers.", "network");
            }

            if (memory < 2 || memory > LongestMemory)
            {
                throw new ArgumentOutOfRangeException("memory", "memory is " + memory + ", expected 2 to " + LongestMemory + ".");
            }

            this.network = network;
            rate = 1f / memory;
            Memory = memory;
            hasStatistics = network.InputForm == InputForm.Values;
            means = new float[hasStatistics ? network.Inputs : 0];
            squares = new float[means.Length];
        }

        /// <summary>Observations it remembers.</summary>
        public int Memory { get; }

        /// <summary>Observations so far, refused ones not counted.</summary>
        public int Observations { get; private set; }

        /// <summary>
        /// An answer is unsure when the largest output is below this: 0.6 unless set; from 0 to 1. Behind hinge loss, whose outputs are
        /// scores, it is unsure when the largest is less than this above the next; training drives them 1 apart.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
        public float Confidence
        {
            get
            {
                return confidence;
            }

            set
            {
                if (!(value >= 0f && value <= 1f))
                {
                    throw new ArgumentOutOfRangeException("value", "Confidence must be from 0 to 1.");
                }

                confidence = value;
            }
        }

        /// <summary>The score from which labels are asked for: 0.5 unless set; 0 or more.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
        public float Threshold
        {
            get
            {
                return threshold;
            }

            set
            {
                if (!(value >= 0f && value <= float.MaxValue))
                {
                    throw new ArgumentOutOfRangeException("value", "Threshold must be a finite number, 0 or more.");
                }

                threshold = value;
            }
        }

        /// <summary>Whether enough was seen, and it is so unlike the training set that somebody should label some of it.</summary>
        public bool AsksForLabels
        {
            get { return Observations >= Memory && threshold < Score(); }
        }

        /// <summary>Takes note of a prediction.</summary>
        /// <param name="inputs">(Inputs) as given to Predict. An int8 network's are not looked at: null will do.</param>
        /// <param name="outputs">(Outputs) or longer, as it gave them.</param>
        /// <returns>False if a number is not finite, as after a reading that Predict refuses: nothing was noted.</returns>
        /// <exception cref="ArgumentException">An array is missing or has the wrong length.</exception>
        /// <exception cref="InvalidOperationException">The network has taken a model that this monitor is not for.</exception>
        public bool Observe(float[] inputs, float[] outputs)
        {
            int count = network.Outputs;
            Check(inputs, outputs, count);
            if ((hasStatistics && !AreFinite(inputs, inputs.Length)) || !AreFinite(outputs, count))
            {
                return false;
            }

            float share = rate;
            float[] first = means;
            float[] second = squares;
            Scaling scaling = network.Scaling;
            for (int i = first.Length - 1; i >= 0; i--)
            {
                float value = (inputs[i] - scaling.InputMeans[i]) * scaling.InputScales[i];
                if (!(value * value < Farthest * Farthest))
                {
                    // Past the largest float it is infinite, and that times a scale of 0 is NaN: compared with <= alone, it becomes 0.
                    value = Farthest <= value ? Farthest : value <= -Farthest ? -Farthest : 0f;
                }

                float mean = first[i];
                first[i] = mean + share * (value - mean);
                mean = second[i];
                second[i] = mean + share * (value * value - mean);
            }

            unsure += share * ((Sureness(outputs, count) < confidence ? 1f : 0f) - unsure);
            weight += share * (1f - weight);
            Observations += Observations < int.MaxValue ? 1 : 0;
            return true;
        }

        /// <summary>
        /// How unlike the training set the recent past is: the typical shift of an input, in its standard deviations in
        /// training, plus the share of unsure answers. 0 is the training set itself; sampling alone gives about 1 /
        /// sqrt(memory); 0.5 is half a standard deviation, or half of the answers unsure; it is never above 5.13.
        /// </summary>
        /// <remarks>
        /// The shift of an input is the 2-Wasserstein distance between normal distributions of its mean and deviation now and in training:
        /// sqrt(mean^2 + (deviation - 1)^2) of the normalized input. The typical one is the root of the mean square over inputs that vary.
        /// </remarks>
        public float Score()
        {
            if (Observations == 0)
            {
                return 0f;
            }

            float sum = 0f;
            int varying = 0;
            for (int i = 0; i < means.Length; i++)
            {
                if (network.Scaling.InputScales[i] != 0f)
                {
                    float mean = means[i] / weight;
                    float variance = squares[i] / weight - mean * mean;
                    float off = SquareRoot.Of(0f < variance ? variance : 0f) - 1f;
                    sum += mean * mean + off * off;
                    varying++;
                }
            }

            float shift = varying == 0 ? 0f : SquareRoot.Of(sum / varying);
            return shift + unsure / weight;
        }

        /// <summary>Forgets what it has seen, as after an adaptation.</summary>
        public void Reset()
        {
            Array.Clear(means, 0, means.Length);
            Array.Clear(squares, 0, squares.Length);
            unsure = 0f;
            weight = 0f;
            Observations = 0;
        }

        private static bool AreFinite(float[] values, int count)
        {
            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            float zero = 0f;
            for (int i = count - 1; i >= 0; i--)
            {
                float value = values[i];
                zero += value - value;
            }

            return zero == 0f;
        }

        /// <summary>The probability of the answer; behind hinge loss, by how much its score is above the next.</summary>
        private float Sureness(float[] outputs, int count)
        {
            float largest = outputs[0];
            if (count == 1)
            {
                // One output is the probability of the second class of two.
                return largest < 0.5f ? 1f - largest : largest;
            }

            float next = float.MinValue;
            for (int i = 1; i < count; i++)
            {
                float value = outputs[i];
                if (largest < value)
                {
                    next = largest;
                    largest = value;
                }
                else if (next < value)
                {
                    next = value;
                }
            }

            return network.Loss == Loss.MultiClassHinge ? largest - next : largest;
        }

        // Names are loaded only where they are thrown: each load makes an object on the device.
        private void Check(float[] inputs, float[] outputs, int count)
        {
            if (network.Task != NetworkTask.Classification || (hasStatistics && network.Inputs != means.Length))
            {
                throw new InvalidOperationException(
                    "The network has taken a model with other inputs, or a regression, since the monitor was made. Make a new monitor.");
            }

            if (hasStatistics && (inputs == null || inputs.Length != means.Length))
            {
                throw WrongLength(inputs, means.Length, "inputs");
            }

            if (outputs == null || outputs.Length < count)
            {
                throw WrongLength(outputs, count, "outputs");
            }
        }

        private static ArgumentException WrongLength(float[] values, int length, string name)
        {
            return values == null
                ? new ArgumentNullException(name)
                : new ArgumentException(name + " holds " + values.Length + " values, expected " + length + ".", name);
        }
    }
}
