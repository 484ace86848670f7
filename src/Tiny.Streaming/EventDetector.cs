using System;
using Tiny.Core;

namespace Tiny.Streaming
{
    /// <summary>
    /// Turns a stream of answers into events. Probabilities are smoothed; a class becomes an event when its
    /// mean has been high for some answers, and the event lasts until the mean is low (hysteresis), so that
    /// it is told once however long it lasts and however the answers flicker.
    /// </summary>
    /// <example>
    /// <code>
    /// EventDetector events = new EventDetector(network.ClassCount);
    /// events.Background = 0;                                     // this class is never an event
    /// network.Predict(features, outputs);
    /// int started = events.Observe(outputs);                     // the class whose event begins now, or -1
    /// </code>
    /// </example>
    public sealed class EventDetector
    {
        private readonly float[] means; // (classes)
        private bool started;
        private int candidate = -1;
        private int run; // answers in a row for which the candidate has been high

        /// <summary>
        /// Share of a new answer in the mean, above 0 to 1: m += Smoothing (p - m); 1 does not smooth. A step is followed to 90 % within
        /// 2.3 / Smoothing answers, at small values.
        /// </summary>
        public float Smoothing = 0.12f;

        /// <summary>The mean from which on a class may begin an event.</summary>
        public float Begin = 0.8f;

        /// <summary>The mean below which an event ends; at most <see cref="Begin"/>.</summary>
        public float End = 0.3f;

        /// <summary>Answers in a row whose mean must be high before an event is told; 1 or more.</summary>
        public int Hold = 5;

        /// <summary>The class that is no event, such as rest; -1 for none.</summary>
        public int Background = -1;

        /// <summary>The class of the event that is under way; -1 for none.</summary>
        public int Current = -1;

        /// <summary>A detector for answers over so many classes.</summary>
        /// <param name="classes">From 2 to 65,535.</param>
        /// <exception cref="ArgumentOutOfRangeException">There are too few classes.</exception>
        public EventDetector(int classes)
        {
            if (classes < 2)
            {
                throw Guard.OutOfRange("classes", classes, 2, 65535);
            }

            means = new float[classes];
        }

        /// <summary>The smoothed probability of a class; 0 before the first answer.</summary>
        /// <param name="index">From 0 to classes - 1.</param>
        /// <returns>From 0 to 1.</returns>
        public float MeanOf(int index)
        {
            return means[index];
        }

        /// <summary>Forgets all answers and the event under way; the settings stay.</summary>
        public void Reset()
        {
            Array.Clear(means, 0, means.Length);
            started = false;
            candidate = -1;
            run = 0;
            Current = -1;
        }

        /// <summary>Takes an answer. Allocates nothing.</summary>
        /// <param name="outputs">(classes) or longer, all finite; of two classes with one output, the probability of the second.</param>
        /// <returns>The class of an event that begins with this answer; -1 for none.</returns>
        /// <exception cref="ArgumentException">The array is null or too short.</exception>
        public int Observe(float[] outputs)
        {
            if (outputs == null || (outputs.Length < means.Length && !(outputs.Length == 1 && means.Length == 2)))
            {
                throw Guard.WrongLength(outputs, means.Length, "outputs");
            }

            int best = Smooth(outputs);
            if (Current >= 0 && means[Current] < End)
            {
                Current = -1;
            }

            if (best == Background || best == Current || means[best] < Begin)
            {
                candidate = -1;
                run = 0;
                return -1;
            }

            run = best == candidate ? run + 1 : 1;
            candidate = best;
            if (run < Hold)
            {
                return -1;
            }

            Current = best;
            return best;
        }

        /// <summary>Takes the answer into the means; returns the class of the highest.</summary>
        private int Smooth(float[] outputs)
        {
            float[] m = means;
            float share = started ? Smoothing : 1f;
            bool single = outputs.Length == 1;
            int best = 0;
            started = true;
            for (int i = 0; i < m.Length; i++)
            {
                float p = !single ? outputs[i] : i == 0 ? 1f - outputs[0] : outputs[0];
                p = m[i] + share * (p - m[i]);
                m[i] = p;
                if (m[best] < p)
                {
                    best = i;
                }
            }

            return best;
        }
    }
}
