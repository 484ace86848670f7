namespace Tiny.Adaptation
{
    /// <summary>The exact sign test of pairs: how likely chance alone would let one of two win as often.</summary>
    internal static class SignTest
    {
        /// <summary>The most pairs: past them the probabilities of single outcomes are lost in a float.</summary>
        internal const int MostPairs = 120;

        /// <summary>
        /// The probability of at least so many wins of so many pairs, each of which is won with a
        /// probability of one half. 1 without any pair.
        /// </summary>
        internal static float ByChance(int wins, int pairs)
        {
            float one = 1f; // of no win; halved for each pair
            for (int i = 0; i < pairs; i++)
            {
                one *= 0.5f;
            }

            float tail = 0f;
            for (int k = 0; k <= pairs; k++)
            {
                tail += k >= wins ? one : 0f;
                one = one * (pairs - k) / (k + 1);
            }

            return tail < 1f ? tail : 1f;
        }
    }
}
