using Tiny.Core.Arithmetic;
using Tiny.Learning;

namespace Tiny.FewLabels
{
    /// <summary>
    /// How well each way to answer would have foretold the labels that came, each judged before it was learned: which way
    /// is best so far, and whether labels have anything to do with samples at all. Allocates nothing.
    /// </summary>
    /// <remarks>
    /// A way's loss is the sum of -ln of the probabilities it gave the labels. Against chance stands the likeliest rule that looks at no
    /// sample: the shares of the labels themselves. The ratio of the two, the ways averaged, is an e-value: if labels have nothing to do
    /// with samples, it ever exceeds 20 with a probability of at most 1 in 20 (Ville's inequality), however often it is asked, and however
    /// unevenly the labels are spread. Judgments fade with a memory of <see cref="Memory"/>.
    /// </remarks>
    internal sealed class LabelEvidence
    {
        /// <summary>Ways to answer: so much of the network's scores to the class means' whole; the last is the network alone.</summary>
        internal const int Ways = 7;

        /// <summary>The way that leaves the class means out.</summary>
        internal const int Alone = Ways - 1;

        /// <summary>The way before any judgment.</summary>
        internal const int Usual = 2;

        /// <summary>Judgments after which one counts e times less.</summary>
        internal const int Memory = 64;

        // ln 20.
        private const float Enough = 2.9957323f;

        // What a step away from the usual way costs, in nats: so much must labels speak for it.
        private const float StepCost = 0.5f;

        // What leaving the class means out costs besides: where they say nothing better, they say nothing worse.
        private const float AloneCost = 3f;

        // No label speaks louder than this, in nats: one wrong label must not outweigh many right ones.
        private const float Loudest = 8f;

        // What faded below this is gone, before it becomes a number that boards treat differently.
        private const float Gone = 1e-6f;

        private readonly float[] losses = new float[Ways];
        private readonly float[] counts; // (classes) of labels, faded like the losses

        internal LabelEvidence(int classes)
        {
            counts = new float[classes];
        }

        /// <summary>How much of the network's scores a way adds to the class means'.</summary>
        internal static float ShareOf(int way)
        {
            return way == 0 ? 0f : way == 1 ? 0.125f : way == 2 ? 0.25f : way == 3 ? 0.5f : way == 5 ? 2f : 1f;
        }

        /// <summary>The losses, and behind them the counts of labels: what is saved.</summary>
        internal float Get(int index)
        {
            return index < Ways ? losses[index] : counts[index - Ways];
        }

        /// <summary>Sets one of them.</summary>
        internal void Set(int index, float value)
        {
            if (index < Ways)
            {
                losses[index] = value;
            }
            else
            {
                counts[index - Ways] = value;
            }
        }

        /// <summary>Forgets everything.</summary>
        internal void Clear()
        {
            for (int i = 0; i < Ways + counts.Length; i++)
            {
                Set(i, 0f);
            }
        }

        /// <summary>Takes note of a label and of what each way would have said.</summary>
        /// <param name="scores">(classes) of the network.</param>
        /// <param name="means">(classes) of the class means, in the same unit.</param>
        /// <param name="active">(classes) whether a class may be the answer.</param>
        /// <param name="label">The label.</param>
        internal void Add(float[] scores, float[] means, bool[] active, int label)
        {
            for (int way = 0; way < Ways; way++)
            {
                float loss = LossOf(scores, ShareOf(way), means, way == Alone ? 0f : 1f, active, label);
                losses[way] = Fade(losses[way]) + (loss < Loudest ? loss : Loudest);
            }

            for (int k = 0; k < counts.Length; k++)
            {
                counts[k] = Fade(counts[k]);
            }

            counts[label] += 1f;
        }

        /// <summary>The way that foretold the labels best.</summary>
        internal int Best()
        {
            int best = Usual;
            for (int way = 0; way < Ways; way++)
            {
                if (Cost(way) < Cost(best))
                {
                    best = way;
                }
            }

            return best;
        }

        /// <summary>Whether labels and samples belong together by more than chance.</summary>
        internal bool IsEnough()
        {
            return Enough <= Value();
        }

        /// <summary>ln of the e-value.</summary>
        internal float Value()
        {
            float least = Cost(Best());
            float sum = 0f;
            float all = 0f;
            for (int way = 0; way < Ways; way++)
            {
                sum += Exponential.Exp(least - Cost(way));
                all += Exponential.Exp(-PriorOf(way));
            }

            float labels = 0f;
            for (int k = 0; k < counts.Length; k++)
            {
                labels += counts[k];
            }

            float chance = 0f;
            for (int k = 0; k < counts.Length; k++)
            {
                chance += counts[k] > 0f ? counts[k] * Logarithm.FromOne(labels / counts[k]) : 0f;
            }

            return Logarithm.FromOne(sum) - Logarithm.FromOne(all) - least + chance;
        }

        private static float Fade(float value)
        {
            return value < Gone ? 0f : value * (1f - 1f / Memory);
        }

        /// <summary>-ln of how likely a way is before any label, but for a factor that all share.</summary>
        private static float PriorOf(int way)
        {
            return way == Alone ? AloneCost : StepCost * (way < Usual ? Usual - way : way - Usual);
        }

        private float Cost(int way)
        {
            return losses[way] + PriorOf(way);
        }

        /// <summary>-ln of the probability of the label; infinite or NaN only if scores are not finite.</summary>
        private float LossOf(float[] scores, float share, float[] means, float rest, bool[] active, int label)
        {
            float most = float.MinValue;
            for (int k = 0; k < counts.Length; k++)
            {
                float score = scores[k] * share + means[k] * rest;
                if (active[k] && most < score)
                {
                    most = score;
                }
            }

            float sum = 0f;
            for (int k = 0; k < counts.Length; k++)
            {
                sum += active[k] ? Exponential.Exp(scores[k] * share + means[k] * rest - most) : 0f;
            }

            return most - (scores[label] * share + means[label] * rest) + Logarithm.FromOne(sum < 1f ? 1f : sum);
        }
    }
}
