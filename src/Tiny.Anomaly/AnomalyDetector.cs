using System;
using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Extras;

namespace Tiny.Anomaly
{
    /// <summary>
    /// Tells how far a sample is from what is normal, smooths over windows, raises an alarm that stays until it is reset,
    /// and learns what is normal in the field. All memory is taken here; nothing else allocates.
    /// </summary>
    /// <remarks>
    /// What it calls an anomaly it never learns from by itself; <see cref="Teach"/> is for whoever knows that all is well, as in
    /// the first minutes at a new place. It can always go back to the factory's state. Costs: src/LEARNING.md.
    /// </remarks>
    /// <example>
    /// <code>
    /// NearestMean.Register();                                    // before the blob is loaded
    /// Network network = Network.FromBlob(blob);                  // trained with --task anomaly
    /// AnomalyDetector detector = new AnomalyDetector(network, blob, false);
    /// detector.SetAlarm(3, 5);                                   // three anomalies among the latest five windows
    /// bool alarm = detector.Observe(features);                   // stays until Reset
    /// </code>
    /// </example>
    public sealed partial class AnomalyDetector : ISlotContent
    {
        /// <summary>The most windows that an alarm looks back over.</summary>
        public const int MostWindows = 30;

        // One window, however strange, counts as no farther than so many thresholds when windows are smoothed.
        private const float Loudest = 4f;

        private readonly Network network;
        private readonly int layers;
        private readonly float[] output;      // where the network's answer stands
        private readonly float[] reciprocals; // (inputs) of what outputs are scaled by; null for a distance
        private readonly NearestMeanLayer distance; // null for an autoencoder
        private readonly float factoryThreshold;
        private float threshold;
        private float smoothed;
        private int observed;
        private int history;    // bit 0: whether the last window was an anomaly
        private int smoothing = 1;
        private int needed = 1;
        private int windows = 1;

        /// <summary>A detector that has seen nothing, with an alarm at the first anomaly.</summary>
        /// <param name="network">The network, loaded with the blob.</param>
        /// <param name="blob">The bytes of the model, trained with --task anomaly. Not kept.</param>
        /// <param name="learns">Whether there is to be memory for learning in the field. An
        /// autoencoder learns by its <see cref="Learner"/>.</param>
        /// <exception cref="Tiny.Core.Blobs.BlobException">The blob is none of an anomaly detector.</exception>
        /// <exception cref="ArgumentException">It is to learn, but is no single layer of means.</exception>
        /// <exception cref="ArgumentNullException">There is no network, or no blob.</exception>
        public AnomalyDetector(Network network, byte[] blob, bool learns)
        {
            Guard.NotNull(network, "network");
            AnomalySection section = new AnomalySection(blob, network);
            this.network = network;
            layers = network.LayerCount;
            Layer last = network.GetLayer(layers - 1);
            output = last.Output;
            factoryThreshold = section.Threshold;
            threshold = factoryThreshold;
            if (section.Kind == AnomalySection.Distance)
            {
                distance = last as NearestMeanLayer;
                if (learns && (distance == null || layers > 1))
                {
                    throw new ArgumentException("Only a single layer of means learns in the field.", "learns");
                }
            }
            else
            {
                reciprocals = new float[network.Inputs];
                float[] scales = network.Scaling.OutputScales;
                for (int i = 0; i < reciprocals.Length; i++)
                {
                    reciprocals[i] = 1f / scales[i];
                }
            }

            if (learns && distance != null)
            {
                MakeMemory();
            }
        }

        /// <summary>A smoothed score above this is an anomaly: the blob's unless set, above 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">It is not above 0, or not finite.</exception>
        public float Threshold
        {
            get
            {
                return threshold;
            }

            set
            {
                if (!(value > 0f && value <= float.MaxValue))
                {
                    throw new ArgumentOutOfRangeException("value", "Threshold must be a finite number above 0.");
                }

                threshold = value;
            }
        }

        /// <summary>
        /// Windows that the score is smoothed over: each weighs 1 / Smoothing, of the first as many
        /// as there are. 1, as it is unless set, for none; to 1,000.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
        public int Smoothing
        {
            get
            {
                return smoothing;
            }

            set
            {
                if (value < 1 || value > 1000)
                {
                    throw new ArgumentOutOfRangeException("value", "Smoothing is " + value + ", expected 1 to 1000.");
                }

                smoothing = value;
            }
        }

        /// <summary>The smoothed score of the windows so far.</summary>
        public float Smoothed
        {
            get { return smoothed; }
        }

        /// <summary>Whether the smoothed score is above the threshold.</summary>
        public bool IsAnomaly
        {
            get { return (history & 1) != 0; }
        }

        /// <summary>Whether the alarm was raised and not reset since.</summary>
        public bool IsAlarm { get; private set; }

        /// <summary>Sets when the alarm is raised: where so many of the latest windows are anomalies.</summary>
        /// <param name="anomalies">How many, 1 or more.</param>
        /// <param name="latest">Of how many windows, at most <see cref="MostWindows"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">They are out of range.</exception>
        public void SetAlarm(int anomalies, int latest)
        {
            if (anomalies < 1 || latest < anomalies || latest > MostWindows)
            {
                throw new ArgumentOutOfRangeException(
                    "latest", anomalies + " anomalies of " + latest + " windows: expected 1 or more, of at most " + MostWindows + ".");
            }

            needed = anomalies;
            windows = latest;
        }

        /// <summary>How far a sample is from what is normal; about 1 for what training saw. Changes nothing.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        public float Score(float[] sample)
        {
            network.Run(sample, layers);
            return reciprocals == null ? output[0] : Error(sample);
        }

        /// <summary>What an input adds to the score of a sample: all of them together make it.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <param name="input">The input.</param>
        /// <exception cref="ArgumentException">The sample does not fit, there is no such input, or
        /// distances are taken of features that a layer makes.</exception>
        public float Contribution(float[] sample, int input)
        {
            if (input < 0 || input >= network.Inputs || (reciprocals == null && (distance == null || layers > 1)))
            {
                throw new ArgumentOutOfRangeException("input", "input " + input + ": there is none that adds to the score by itself.");
            }

            network.Run(sample, layers);
            float off = reciprocals == null ? sample[input] - distance.Means[distance.Nearest][input] : Off(sample, input);
            return off * off * (reciprocals == null ? distance.Precisions[input] : 1f) / network.Inputs;
        }

        /// <summary>
        /// Observes a window: scores it, smooths, raises the alarm if it is time, and learns from it
        /// if it is normal and <see cref="Memory"/> says so.
        /// </summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <returns>Whether the alarm is on.</returns>
        /// <exception cref="ArgumentException">The sample does not fit. Nothing was changed.</exception>
        public bool Observe(float[] sample)
        {
            float score = Score(sample);
            float most = Loudest * threshold;
            observed = observed < smoothing ? observed + 1 : smoothing;
            smoothed += ((score < most ? score : most) - smoothed) / observed;
            bool isAnomaly = threshold < smoothed;
            history = ((history << 1) | (isAnomaly ? 1 : 0)) & ((1 << windows) - 1);
            if (isAnomaly)
            {
                int count = 0;
                for (int bits = history; bits != 0; bits >>= 1)
                {
                    count += bits & 1;
                }

                IsAlarm |= count >= needed;
            }
            else if (memory != 0 && score <= threshold && !IsAlarm)
            {
                Learn(sample, memory);
            }

            return IsAlarm;
        }

        /// <summary>Puts the alarm out, and forgets the windows so far.</summary>
        public void Reset()
        {
            IsAlarm = false;
            history = 0;
            observed = 0;
            smoothed = 0f;
        }

        private float Off(float[] sample, int i)
        {
            return (sample[i] - network.Scaling.OutputMeans[i]) * reciprocals[i] - output[i];
        }

        /// <summary>The mean squared error of what the network makes of the sample, in units of the inputs' deviations.</summary>
        private float Error(float[] sample)
        {
            float[] scales = reciprocals;
            float[] means = network.Scaling.OutputMeans;
            float[] y = output;
            float sum = 0f;
            for (int i = 0; i < scales.Length; i++)
            {
                float off = (sample[i] - means[i]) * scales[i] - y[i];
                sum += off * off;
            }

            return sum < NearestMeanLayer.Farthest ? sum / scales.Length : NearestMeanLayer.Farthest / scales.Length;
        }
    }
}
