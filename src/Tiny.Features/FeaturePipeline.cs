using System;
using Tiny.Core;

namespace Tiny.Features
{
    /// <summary>
    /// From samples to features: keeps the latest window of each channel and computes its features when a hop has gone by. All memory
    /// is taken when it is made: 4 bytes for each sample of the window. Desktop and device give the same bits.
    /// </summary>
    /// <example>
    /// <code>
    /// FeaturePipeline pipeline = FeaturePipeline.For(network, new Signal(50).AddAll(new[] { "x", "y", "z" }, "g"));
    /// float[] features = new float[network.Inputs];
    /// if (pipeline.Add(sample))                                  // true once a hop, when the window is full
    /// {
    ///     pipeline.Compute(features);
    ///     int answer = network.Classify(features);
    /// }
    /// </code>
    /// </example>
    public sealed class FeaturePipeline
    {
        private readonly FeatureDescription description;
        private readonly WindowFeatures features;
        private readonly float[][] rings; // (channels, window): the latest samples of each channel
        private readonly int hop;
        private int oldest;               // where the oldest sample is, and the next one goes
        private int untilDue;
        private bool full;

        /// <summary>A pipeline as described.</summary>
        /// <param name="description">The description.</param>
        /// <exception cref="FeatureException">The description does not hold together.</exception>
        /// <exception cref="ArgumentNullException">There is no description.</exception>
        public FeaturePipeline(FeatureDescription description)
        {
            if (description == null)
            {
                throw new ArgumentNullException("description");
            }

            FeatureError error = description.Check();
            if (error != FeatureError.None)
            {
                throw new FeatureException(error, FeatureMessages.Describe(error));
            }

            this.description = description;
            hop = description.Hop;
            features = new WindowFeatures(description);
            rings = new float[description.Signal.Channels][];
            for (int i = 0; i < rings.Length; i++)
            {
                rings[i] = new float[description.SamplesKept];
            }

            untilDue = description.SamplesKept;
        }

        /// <summary>The pipeline that a model describes, for a sensor that must deliver what the model was trained on.</summary>
        /// <exception cref="FeatureException">The model describes none, or one that is not for this
        /// sensor; the message says why.</exception>
        /// <exception cref="ArgumentNullException">There is no network, or no sensor.</exception>
        public static FeaturePipeline For(Network network, Signal sensor)
        {
            FeatureDescription description = FeatureDescription.Of(network);
            description.CheckSensor(sensor);
            return new FeaturePipeline(description);
        }

        /// <summary>What it computes of what.</summary>
        public FeatureDescription Description
        {
            get { return description; }
        }

        /// <summary>Takes a sample of each channel. Allocates nothing.</summary>
        /// <returns>Whether a window is complete and due: call <see cref="Compute"/> before the next sample.</returns>
        /// <exception cref="ArgumentException">Not one value for each channel, or one that is not finite; nothing was taken.</exception>
        /// <param name="sample">(channels), in the order of the signal and its units, all finite.</param>
        public bool Add(float[] sample)
        {
            float[][] channels = rings;
            int count = channels.Length;
            if (sample == null || sample.Length != count)
            {
                throw new ArgumentException("A sample must hold " + count + " values, one of each channel.", "sample");
            }

            // Infinity minus itself, and anything with NaN, is NaN, and NaN differs from 0.
            float zero = 0f;
            for (int i = 0; i < count; i++)
            {
                float value = sample[i];
                zero += value - value;
            }

            if (zero != 0f)
            {
                throw new ArgumentException("A channel is not a finite number.", "sample");
            }

            int at = oldest;
            for (int i = 0; i < count; i++)
            {
                channels[i][at] = sample[i];
            }

            at++;
            oldest = at == channels[0].Length ? 0 : at;
            int left = untilDue - 1;
            if (left > 0)
            {
                untilDue = left;
                return false;
            }

            untilDue = hop;
            full = true;
            return true;
        }

        /// <summary>Computes the features of the latest window. Allocates nothing.</summary>
        /// <param name="destination">(Description.Count), channel by channel; of samples moment by moment.</param>
        /// <exception cref="ArgumentException">The array has not that length.</exception>
        /// <exception cref="InvalidOperationException">There is no whole window yet.</exception>
        public void Compute(float[] destination)
        {
            if (destination == null || destination.Length != features.Count)
            {
                throw new ArgumentException("The features need " + features.Count + " values.", "destination");
            }

            if (!full)
            {
                throw new InvalidOperationException("There is no whole window yet: Compute is for when Add says that one is due.");
            }

            float[][] channels = rings;
            if (description.Kinds >= FeatureKinds.Samples)
            {
                CopySamples(destination);
                return;
            }

            int at = 0;
            for (int i = 0; i < channels.Length; i++)
            {
                at = features.Compute(destination, at, channels[i], oldest);
            }
        }

        /// <summary>The window as it is: its samples in order, those of a moment beside each other.</summary>
        private void CopySamples(float[] destination)
        {
            int count = rings.Length;
            for (int channel = 0; channel < count; channel++)
            {
                float[] ring = rings[channel];
                int at = oldest;
                int end = ring.Length;
                for (int to = channel; to < destination.Length; to += count)
                {
                    destination[to] = ring[at];
                    at++;
                    at = at == end ? 0 : at;
                }
            }
        }

        /// <summary>Forgets all samples: after a gap in the signal, so that no window spans it.</summary>
        public void Reset()
        {
            full = false;
            oldest = 0;
            untilDue = description.SamplesKept;
        }
    }
}
