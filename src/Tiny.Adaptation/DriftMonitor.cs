using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;

namespace Tiny.Adaptation
{
    /// <summary>
    /// Notices when the world is no longer that of the training set, and asks for labels. It keeps exponentially weighted means and variances of the
    /// inputs, corrected for their start, against those in the blob, and the share of answers that are not confident.
    /// </summary>
    /// <remarks>
    /// Takes two floats an input. An observation costs about 600 instructions an input, the score about 1,500; neither allocates. Int8 networks keep no
    /// statistics of their inputs: there the score is the share of unsure answers alone.
    /// </remarks>
    public sealed class DriftMonitor
    {
        private readonly Network network;
        private readonly float rate;
        private readonly bool hasStatistics;
        private readonly float[] means;   // (inputs) of the normalised inputs, weighted, not corrected
        private readonly float[] squares; // (inputs) of their squares
        private float unsure;             // share of unsure answers, weighted, not corrected
        private float weight;             // 1 - (1 - rate)^observations: what the three above are to be divided by

        /// <summary>A monitor that has seen nothing.</summary>
        /// <param name="network">The network whose inputs are watched.</param>
        /// <param name="memory">Observations it remembers: each weighs 1 / memory. At least 2.</param>
        public DriftMonitor(Network network, int memory)
        {
            if (network == null)
            {
                throw new ArgumentNullException("network");
            }

            if (memory < 2)
            {
                throw new ArgumentOutOfRangeException("memory", "memory is " + memory + ", expected 2 or more.");
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

        /// <summary>Observations so far.</summary>
        public int Observations { get; private set; }

        /// <summary>An answer is unsure when the largest output is below this: 0.6 unless set.</summary>
        public float Confidence { get; set; } = 0.6f;

        /// <summary>The score from which labels are asked for: 0.5 unless set.</summary>
        public float Threshold { get; set; } = 0.5f;

        /// <summary>Whether enough was seen, and it is so unlike the training set that somebody should label some of it.</summary>
        public bool AsksForLabels
        {
            get { return Observations >= Memory && Threshold < Score(); }
        }

        /// <summary>Takes note of a prediction.</summary>
        /// <param name="inputs">(Inputs) as given to Predict.</param>
        /// <param name="outputs">(Outputs) as it gave them.</param>
        public void Observe(float[] inputs, float[] outputs)
        {
            float share = rate;
            Scaling scaling = network.Scaling;
            for (int i = 0; i < means.Length; i++)
            {
                float value = (inputs[i] - scaling.GetInputMean(i)) * scaling.GetInputScale(i);
                means[i] += share * (value - means[i]);
                squares[i] += share * (value * value - squares[i]);
            }

            float largest = outputs[0];
            for (int i = 1; i < network.Outputs; i++)
            {
                largest = outputs[i] > largest ? outputs[i] : largest;
            }

            // One output is the probability of the second class of two.
            float sure = network.Outputs == 1 && largest < 0.5f ? 1f - largest : largest;
            unsure += share * ((sure < Confidence ? 1f : 0f) - unsure);
            weight += share * (1f - weight);
            Observations++;
        }

        /// <summary>
        /// How unlike the training set the recent past is: the typical shift of an input, in its standard deviations in training, plus the share of
        /// unsure answers. 0 is the training set itself; sampling alone gives about 1 / sqrt(memory); 0.5 is half a standard deviation, or half of the
        /// answers unsure.
        /// </summary>
        /// <remarks>
        /// The shift of an input is the 2-Wasserstein distance between normal distributions of its mean and deviation now and in training:
        /// sqrt(mean^2 + (deviation - 1)^2) of the normalised input. The typical one is the root of the mean square over inputs that vary.
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
                if (network.Scaling.GetInputScale(i) != 0f)
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
    }
}
