using System;
using Tiny.Core;

namespace Tiny.Features.Running
{
    /// <summary>
    /// The least and the greatest of the latest samples of a channel, known anew with each: the bits of the features min and max of that
    /// window, without going over it. A sample costs about as much
    /// however long the window is: each is put behind those that may still become an extreme once, and taken away once.
    /// </summary>
    /// <example>
    /// <code>
    /// RunningExtremes extremes = new RunningExtremes(50);
    /// extremes.Add(sample[0]);
    /// float range = extremes.Greatest - extremes.Least;          // over the latest 50 samples
    /// </code>
    /// </example>
    public sealed class RunningExtremes
    {
        private readonly float[] lows;  // (window) a ring of those that may still become the least, ascending from the oldest
        private readonly float[] highs; // (window) and the greatest, descending
        private readonly int[] lowNumbers;  // (window) which sample each is
        private readonly int[] highNumbers; // (window)
        private readonly int window;
        private int number; // of the next sample: from 0 to 2 window - 1, and round
        private int lowFirst;
        private int lowCount;
        private int highFirst;
        private int highCount;
        private int samples;

        /// <summary>Extremes of so many samples.</summary>
        /// <param name="window">1 to 4,000.</param>
        /// <exception cref="ArgumentOutOfRangeException">The window is out of range.</exception>
        public RunningExtremes(int window)
        {
            if (window < 1 || window > 4000)
            {
                throw Guard.OutOfRange("window", window, 1, 4000);
            }

            this.window = window;
            lows = new float[window];
            highs = new float[window];
            lowNumbers = new int[window];
            highNumbers = new int[window];
        }

        /// <summary>Whether a whole window has been seen since the last reset.</summary>
        public bool IsFull
        {
            get { return samples == window; }
        }

        /// <summary>The least of the latest window, or of the samples so far; of equal ones the oldest.</summary>
        /// <exception cref="InvalidOperationException">There is no sample yet.</exception>
        public float Least
        {
            get { return samples > 0 ? lows[lowFirst] : throw new InvalidOperationException("There is no sample yet."); }
        }

        /// <summary>The greatest of the latest window, or of the samples so far; of equal ones the oldest.</summary>
        /// <exception cref="InvalidOperationException">There is no sample yet.</exception>
        public float Greatest
        {
            get { return samples > 0 ? highs[highFirst] : throw new InvalidOperationException("There is no sample yet."); }
        }

        /// <summary>Takes a sample. Allocates nothing.</summary>
        /// <param name="sample">A finite number, in the unit of the channel.</param>
        /// <exception cref="ArgumentException">It is not finite; nothing was taken.</exception>
        public void Add(float sample)
        {
            if (!Guard.IsFinite(sample))
            {
                throw new ArgumentException("The sample is not a finite number.", "sample");
            }

            int length = window;
            int now = number;
            int gone = now >= length ? now - length : now + length; // the sample that leaves the window
            number = now + 1 == 2 * length ? 0 : now + 1;
            if (samples == length)
            {
                if (lowNumbers[lowFirst] == gone)
                {
                    lowFirst = lowFirst + 1 == length ? 0 : lowFirst + 1;
                    lowCount--;
                }

                if (highNumbers[highFirst] == gone)
                {
                    highFirst = highFirst + 1 == length ? 0 : highFirst + 1;
                    highCount--;
                }
            }
            else
            {
                samples++;
            }

            int at = lowFirst + lowCount;
            at = at >= length ? at - length : at;
            while (lowCount > 0 && sample < lows[at == 0 ? length - 1 : at - 1])
            {
                at = at == 0 ? length - 1 : at - 1;
                lowCount--;
            }

            lows[at] = sample;
            lowNumbers[at] = now;
            lowCount++;
            at = highFirst + highCount;
            at = at >= length ? at - length : at;
            while (highCount > 0 && highs[at == 0 ? length - 1 : at - 1] < sample)
            {
                at = at == 0 ? length - 1 : at - 1;
                highCount--;
            }

            highs[at] = sample;
            highNumbers[at] = now;
            highCount++;
        }

        /// <summary>Forgets all samples.</summary>
        public void Reset()
        {
            samples = 0;
            lowCount = 0;
            highCount = 0;
        }
    }
}
