using Tiny.Core.Arithmetic;

namespace Tiny.Recurrence.Int8
{
    /// <summary>
    /// What gates of whole-number sums are: sigmoid at the middle of each of 512 steps of 1/32 from -8
    /// on, without interpolation. tanh(a) comes of the same table as 2 s(2 a) - 1.
    /// </summary>
    /// <seealso cref="Int8Gru"/>
    public sealed class GateTable
    {
        /// <summary>Steps of the table.</summary>
        public const int Steps = 512;

        /// <summary>Steps to one.</summary>
        public const int StepsPerUnit = 32;

        /// <summary>Bits behind the point in <see cref="Shares"/>.</summary>
        public const int ShareBits = 10;

        /// <summary>The one table; <see cref="Prepare"/> has made it.</summary>
        public static GateTable Shared;

        /// <summary>
        /// (<see cref="Steps"/>) sigmoid in whole numbers, 1024 for 1: what a sum is multiplied with.
        /// <see cref="PrepareShares"/> has made it.
        /// </summary>
        public static short[] Shares;

        /// <summary>(<see cref="Steps"/>) sigmoid.</summary>
        public readonly float[] Gates;

        private GateTable()
        {
            Gates = new float[Steps];
            for (int i = 0; i < Steps; i++)
            {
                float x = (i - Steps / 2 + 0.5f) / StepsPerUnit;
                Gates[i] = 1f / (1f + Exponential.Exp(-x));
            }
        }

        /// <summary>Builds the table if it is not there yet.</summary>
        public static void Prepare()
        {
            if (Shared == null)
            {
                Shared = new GateTable();
            }
        }

        /// <summary>Builds the table, and what only units that multiply a sum with a gate need.</summary>
        public static void PrepareShares()
        {
            Prepare();
            if (Shares == null)
            {
                short[] shares = new short[Steps];
                for (int i = 0; i < Steps; i++)
                {
                    shares[i] = (short)(Shared.Gates[i] * (1 << ShareBits) + 0.5f);
                }

                Shares = shares;
            }
        }
    }
}
