using System;
using Tiny.Core;

namespace Tiny.Features.Running
{
    /// <summary>
    /// The mean of the latest samples of a channel of whole numbers, such as an ADC's, known anew with each: the bits of the feature mean
    /// of that window, without going over it. A sum of whole numbers is
    /// exact as long as floats hold it, whatever the order, so a sample may be added and another taken off; of other floats neither is
    /// exact, and the feature goes over its window.
    /// </summary>
    /// <example>
    /// <code>
    /// RunningMean mean = new RunningMean(50, 4095);              // of a 12-bit ADC
    /// mean.Add(2048);
    /// float value = mean.Mean;                                   // over the latest 50 samples
    /// </code>
    /// </example>
    public sealed class RunningMean
    {
        /// <summary>The largest whole number up to which floats hold all.</summary>
        public const int LargestSum = 1 << 24;

        private readonly int[] ring; // (window)
        private readonly int largest;
        private int at;
        private int sum;
        private int samples;

        /// <summary>The mean of so many samples.</summary>
        /// <param name="window">1 to 4,000.</param>
        /// <param name="largest">The largest magnitude of a sample; times the window at most 2^24, so that no sum leaves what floats
        /// hold.</param>
        /// <exception cref="ArgumentOutOfRangeException">The window or the largest magnitude is out of range.</exception>
        public RunningMean(int window, int largest)
        {
            if (window < 1 || window > 4000)
            {
                throw Guard.OutOfRange("window", window, 1, 4000);
            }

            if (largest < 1 || largest > LargestSum / window)
            {
                throw Guard.OutOfRange("largest", largest, 1, LargestSum / window);
            }

            ring = new int[window];
            this.largest = largest;
        }

        /// <summary>Whether a whole window has been seen since the last reset.</summary>
        public bool IsFull
        {
            get { return samples == ring.Length; }
        }

        /// <summary>The mean of the latest window, or of the samples so far.</summary>
        /// <exception cref="InvalidOperationException">There is no sample yet.</exception>
        public float Mean
        {
            get { return samples > 0 ? (float)sum / samples : throw new InvalidOperationException("There is no sample yet."); }
        }

        /// <summary>Takes a sample. Allocates nothing.</summary>
        /// <param name="sample">A whole number, at most the largest magnitude.</param>
        /// <exception cref="ArgumentOutOfRangeException">Its magnitude is above the largest; nothing was taken.</exception>
        public void Add(int sample)
        {
            if (sample > largest || sample < -largest)
            {
                throw Guard.OutOfRange("sample", sample, -largest, largest);
            }

            int[] kept = ring;
            int place = at;
            if (samples == kept.Length)
            {
                sum -= kept[place];
            }
            else
            {
                samples++;
            }

            sum += sample;
            kept[place] = sample;
            at = place + 1 == kept.Length ? 0 : place + 1;
        }

        /// <summary>Forgets all samples.</summary>
        public void Reset()
        {
            samples = 0;
            sum = 0;
            at = 0;
        }
    }
}
