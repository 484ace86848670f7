using System;
using Tiny.Core;

namespace Tiny.Learning
{
    /// <summary>
    /// A small generator (xorshift32, Marsaglia 2003) that gives the same numbers on desktop and device.
    /// nanoFramework's own Random is not the desktop's.
    /// </summary>
    /// <remarks>
    /// All state is kept in int: an unsigned value that reaches a division or a conversion changes its meaning on the device.
    /// A number allocates nothing.
    /// </remarks>
    /// <example>
    /// <code>
    /// SeededRandom random = new SeededRandom(1);                 // the same numbers on desk and device
    /// int row = random.NextInt(100);                             // from 0 to 99
    /// </code>
    /// </example>
    public sealed class SeededRandom
    {
        /// <summary>A generator whose sequence is fixed by the seed; neighboring seeds give unrelated sequences.</summary>
        /// <param name="seed">Any number.</param>
        public SeededRandom(int seed)
        {
            // Steps of Wang's integer hash, so that seeds 1, 2, 3 do not start alike.
            int h = seed * 1664525 + 1013904223;
            h ^= (h >> 15) & 0x1FFFF;
            h *= 0x2C1B3C6D;
            h ^= (h >> 12) & 0xFFFFF;
            State = h == 0 ? 0x6D2B79F5 : h;
        }

        /// <summary>The whole state, for saving and restoring a run. Never 0: from there the generator gives nothing but 0.</summary>
        public int State;

        /// <summary>A float in [0, 1): one of 2^24 equally spaced values.</summary>
        public float NextFloat()
        {
            return ((NextBits() >> 8) & 0xFFFFFF) * 5.9604644775390625e-8f;
        }

        /// <summary>A float in [-limit, limit).</summary>
        /// <param name="limit">The largest magnitude.</param>
        public float NextSymmetric(float limit)
        {
            return (NextFloat() * 2f - 1f) * limit;
        }

        /// <summary>An integer in [0, bound). Bound must be from 1 to 16,777,216.</summary>
        /// <param name="bound">From 1 to 16,777,216.</param>
        /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
        public int NextInt(int bound)
        {
            if (bound < 1 || bound > 0x1000000)
            {
                throw Guard.OutOfRange("bound", bound, 1, 0x1000000);
            }

            return ((NextBits() >> 7) & 0xFFFFFF) % bound;
        }

        private int NextBits()
        {
            int x = State;
            x ^= x << 13;
            x ^= (x >> 17) & 0x7FFF;
            x ^= x << 5;
            State = x;
            return x;
        }
    }
}
