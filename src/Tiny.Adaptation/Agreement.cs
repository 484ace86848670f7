using System;

namespace Tiny.Adaptation
{
    /// <summary>
    /// The last <see cref="Window"/> answers and the labels beside them, and how likely chance alone would
    /// make as many of them agree. All memory is taken here; nothing else allocates.
    /// </summary>
    /// <remarks>
    /// By chance, an answer has nothing to do with its label, but both may be uneven. Given the labels of the window and the shares q(c) of
    /// the answers in it, each label of class c agrees with probability q(c), so the number of agreements is a sum of independent draws
    /// that are not alike (a Poisson binomial distribution). Its probabilities are found exactly, by adding one draw after the other. Fifty
    /// agreements of fifty are no evidence where all labels are of one class. tests/Tiny.Benchmarks/TRUST.md has the error rates.
    /// </remarks>
    internal sealed class Agreement
    {
        /// <summary>Pairs that are remembered: an older one is forgotten.</summary>
        internal const int Window = 48;

        private readonly int[] answers = new int[Window];
        private readonly int[] labels = new int[Window];
        private readonly int[] answered;                           // (classes) how often each class is the answer
        private readonly float[] probabilities = new float[Window + 1]; // of 0, 1, 2... agreements
        private int count;
        private int next; // where the next pair goes

        internal Agreement(int classes)
        {
            answered = new int[classes];
        }

        /// <summary>Takes note of a pair.</summary>
        internal void Add(int answer, int label)
        {
            answers[next] = answer;
            labels[next] = label;
            next = next + 1 < Window ? next + 1 : 0;
            count = count < Window ? count + 1 : Window;
        }

        /// <summary>Forgets all pairs.</summary>
        internal void Clear()
        {
            count = 0;
            next = 0;
        }

        /// <summary>
        /// How likely at least as many pairs would agree by chance: small where answers and labels
        /// belong together, 1 where no more agree than chance gives on average.
        /// </summary>
        internal float ByChance()
        {
            int pairs = count;
            Array.Clear(answered, 0, answered.Length);
            int agreed = 0;
            for (int i = 0; i < pairs; i++)
            {
                answered[answers[i]]++;
                agreed += answers[i] == labels[i] ? 1 : 0;
            }

            int expected = 0; // times pairs
            for (int i = 0; i < pairs; i++)
            {
                expected += answered[labels[i]];
            }

            return agreed * pairs <= expected ? 1f : Tail(agreed, pairs);
        }

        /// <summary>The probability of at least so many agreements.</summary>
        private float Tail(int agreed, int pairs)
        {
            float[] p = probabilities;
            p[0] = 1f;
            for (int i = 0; i < pairs; i++)
            {
                float meets = (float)answered[labels[i]] / pairs;
                float misses = 1f - meets;
                p[i + 1] = p[i] * meets;
                for (int k = i; k > 0; k--)
                {
                    p[k] = p[k] * misses + p[k - 1] * meets;
                }

                p[0] *= misses;
            }

            float tail = 0f;
            for (int k = pairs; k >= agreed; k--)
            {
                tail += p[k];
            }

            return tail;
        }
    }
}
