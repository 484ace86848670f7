using System;
using Tiny.Core;
using Tiny.Core.Arithmetic;

namespace Tiny.Anomaly
{
    // What is normal in the field.
    public sealed partial class AnomalyDetector
    {
        // What training saw weighs as much as so many windows when a place is taught.
        private const int WeightOfTraining = 5;

        // Variances shrink to no less than this share of those of training: windows that pass the
        // threshold are narrower than all that are normal.
        private const float LeastShare = 0.0625f;

        // The threshold of a place stands so many deviations of its own scores above their mean.
        private const float Deviations = 4f;

        // Scores of taught windows are remembered over so many: the first ones were scored before the place was known.
        private const int TaughtMemory = 8;

        private float[][] factoryMeans;    // (means)(inputs); null where it does not learn or is an autoencoder
        private float[] factoryPrecisions; // (inputs)
        private float[] variances;         // (inputs)
        private int[] taught;              // (means) windows that each has learned
        private int memory;
        private int taughtWindows;
        private float taughtMean;     // of the scores of taught windows, each before it was learned
        private float taughtVariance;

        /// <summary>
        /// What teaches an autoencoder: that of Tiny.Anomaly.Learning, or null as it is unless set. A distance needs none.
        /// </summary>
        public NormalLearner Learner { get; set; }

        /// <summary>
        /// Windows that learning by itself remembers: 0, as it is unless set, for no learning; from 10. What is normal may drift so fast
        /// and no faster. Of an autoencoder, a step is taken along the gradient, as long as its learner's rate says.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
        /// <exception cref="InvalidOperationException">The detector was made without memory for learning.</exception>
        public int Memory
        {
            get
            {
                return memory;
            }

            set
            {
                if (value != 0 && (value < 10 || value > 1000000))
                {
                    throw new ArgumentOutOfRangeException("value", "Memory is " + value + ", expected 0 or 10 to 1000000.");
                }

                CheckLearns();
                memory = value;
            }
        }

        /// <summary>
        /// Learns that a sample is normal, whatever its score: for whoever knows that all is well. The
        /// first ones at a new place count most, what training saw counts as five.
        /// </summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <returns>False, and nothing has changed, if the sample is too far out to be learned.</returns>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        /// <exception cref="InvalidOperationException">The detector was made without memory for learning.</exception>
        public bool Teach(float[] sample)
        {
            CheckLearns();
            float score = Score(sample);
            if (!(score < Scaling.Limit) || !Learn(sample, 1000000))
            {
                return false;
            }

            taughtWindows += taughtWindows < TaughtMemory ? 1 : 0;
            float off = score - taughtMean;
            taughtMean += off / taughtWindows;
            taughtVariance += (off * (score - taughtMean) - taughtVariance) / taughtWindows;
            return true;
        }

        /// <summary>
        /// Sets the threshold by the windows that were taught: four deviations of their scores above the mean of those,
        /// the latest eight counting most. A place is often much narrower than all that training saw.
        /// </summary>
        /// <returns>False, and nothing has changed, if fewer than eight windows were taught since the start.</returns>
        public bool AdoptThreshold()
        {
            float set = taughtMean + Deviations * SquareRoot.Of(taughtVariance);
            if (taughtWindows < TaughtMemory || !(set > 0f && set <= float.MaxValue))
            {
                return false;
            }

            threshold = set;
            return true;
        }

        /// <summary>
        /// Goes back to the means and variances that the factory delivered; of an autoencoder, only
        /// the slot store can, from the factory's blob.
        /// </summary>
        public void RestoreFactory()
        {
            threshold = factoryThreshold;
            taughtWindows = 0;
            taughtMean = 0f;
            taughtVariance = 0f;
            Reset();
            if (taught == null)
            {
                return;
            }

            for (int k = 0; k < taught.Length; k++)
            {
                taught[k] = 0;
                Array.Copy(factoryMeans[k], distance.Means[k], factoryPrecisions.Length);
            }

            for (int i = 0; i < variances.Length; i++)
            {
                distance.Precisions[i] = factoryPrecisions[i];
                variances[i] = factoryPrecisions[i] > 0f ? 1f / factoryPrecisions[i] : 0f;
            }
        }

        /// <inheritdoc/>
        public int Measure()
        {
            return taught == null ? 4 : 4 * (1 + taught.Length + variances.Length * (1 + taught.Length));
        }

        /// <inheritdoc/>
        public void Write(byte[] buffer, int at)
        {
            at = Write(buffer, at, threshold);
            for (int k = 0; taught != null && k < taught.Length; k++)
            {
                FloatBits.WriteInt32(buffer, at, taught[k]);
                at += 4;
                for (int i = 0; i < variances.Length; i++)
                {
                    at = Write(buffer, at, distance.Means[k][i]);
                }
            }

            for (int i = 0; taught != null && i < variances.Length; i++)
            {
                at = Write(buffer, at, variances[i]);
            }
        }

        /// <inheritdoc/>
        public void Read(byte[] buffer, int at)
        {
            if (buffer == null)
            {
                RestoreFactory();
                return;
            }

            threshold = FloatBits.Read(buffer, at);
            at += 4;
            for (int k = 0; taught != null && k < taught.Length; k++)
            {
                taught[k] = FloatBits.ReadInt32(buffer, at);
                at += 4;
                for (int i = 0; i < variances.Length; i++)
                {
                    distance.Means[k][i] = FloatBits.Read(buffer, at);
                    at += 4;
                }
            }

            for (int i = 0; taught != null && i < variances.Length; i++)
            {
                variances[i] = FloatBits.Read(buffer, at);
                distance.Precisions[i] = variances[i] > 0f ? 1f / variances[i] : 0f;
                at += 4;
            }
        }

        private static int Write(byte[] buffer, int at, float value)
        {
            FloatBits.Write(buffer, at, value);
            return at + 4;
        }

        private void CheckLearns()
        {
            if (taught == null && Learner == null)
            {
                throw new InvalidOperationException("The detector was made without memory for learning.");
            }
        }

        private void MakeMemory()
        {
            int inputs = distance.Inputs;
            taught = new int[distance.Count];
            variances = new float[inputs];
            factoryPrecisions = new float[inputs];
            Array.Copy(distance.Precisions, factoryPrecisions, inputs);
            factoryMeans = new float[taught.Length][];
            for (int k = 0; k < taught.Length; k++)
            {
                factoryMeans[k] = new float[inputs];
                Array.Copy(distance.Means[k], factoryMeans[k], inputs);
            }

            RestoreFactory();
        }

        /// <summary>Learns a sample that was just scored.</summary>
        private bool Learn(float[] sample, int longest)
        {
            if (taught == null)
            {
                return Learner.Learn(sample);
            }

            int k = distance.Nearest;
            taught[k] += taught[k] < longest ? 1 : 0;
            int weight = taught[k] + WeightOfTraining;
            float rate = 1f / (weight < longest ? weight : longest);
            float[] m = distance.Means[k];
            float[] p = distance.Precisions;
            for (int i = 0; i < m.Length; i++)
            {
                if (factoryPrecisions[i] > 0f)
                {
                    float off = sample[i] - m[i];
                    m[i] += rate * off;
                    float variance = variances[i] + rate * (off * (sample[i] - m[i]) - variances[i]);
                    float least = LeastShare / factoryPrecisions[i];
                    variance = variance < least ? least : variance;
                    variances[i] = variance;
                    p[i] = 1f / variance;
                }
            }

            return true;
        }
    }
}
