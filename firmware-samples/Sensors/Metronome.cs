using System;
using System.Threading;

namespace Tiny.Samples
{
    /// <summary>Keeps an even pace: work between two beats does not shift the next one.</summary>
    public sealed class Metronome
    {
        private readonly int period;
        private long next;

        /// <summary>A beat each so many milliseconds, the first at once.</summary>
        public Metronome(int milliseconds)
        {
            period = milliseconds;
            next = Environment.TickCount64;
        }

        /// <summary>Sleeps until the next beat.</summary>
        /// <returns>False if beats were missed because the work took longer than the time between them.</returns>
        public bool Wait()
        {
            bool inTime = true;
            long left = next - Environment.TickCount64;
            while (left <= -period)
            {
                inTime = false;
                next += period;
                left += period;
            }

            next += period;
            if (left > 0)
            {
                Thread.Sleep((int)left);
            }

            return inTime;
        }
    }
}
