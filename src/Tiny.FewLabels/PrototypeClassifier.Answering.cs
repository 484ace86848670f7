using System;
using Tiny.Core;

namespace Tiny.FewLabels
{
    // The way to an answer.
    public sealed partial class PrototypeClassifier
    {
        // A class that training never saw must be nearer by this factor in squared distance: the
        // classes known before were trained, this one has a few examples.
        private const float NewClassMargin = 1.2f;

        private bool trusted;
        private float share; // of the network's scores in the mixture
        private Form form;

        private enum Form
        {
            /// <summary>The network's answer.</summary>
            Network,

            /// <summary>The mixture, of the classes of training, none taken out.</summary>
            Known,

            /// <summary>Some class was added or taken out.</summary>
            All,
        }

        /// <summary>The class of a sample.</summary>
        /// <param name="sample">(network.Inputs), in the user's units, all finite.</param>
        /// <returns>A class of the network, or one that was added.</returns>
        /// <exception cref="ArgumentException">The sample does not fit.</exception>
        /// <exception cref="InvalidOperationException">The weights are so large that the answer is
        /// not finite; or no class is left that has an example.</exception>
        public int Classify(float[] sample)
        {
            network.Run(sample, layers);
            if (form == Form.Network)
            {
                return AnswerOfNetwork();
            }

            if (!means.IsPlaced)
            {
                means.Place();
            }

            field.Forward();
            if (form == Form.All)
            {
                return AnswerOfAll(AnswerOfNetwork());
            }

            // In here, as a call would cost what two features do.
            float[] z = logits;
            float[] of = scores;
            float ofNetwork = share;
            float ofMeans = perDistance;
            int k = scaled.Length - 1;
            float largest = z[k];
            float most = largest * ofNetwork + of[k] * ofMeans;
            float check = largest - largest;
            int answer = k;
            int mixed = k;
            do
            {
                k--;
                float score = z[k];
                check += score - score;
                if (largest <= score)
                {
                    largest = score;
                    answer = k;
                }

                score = score * ofNetwork + of[k] * ofMeans;
                if (most <= score)
                {
                    most = score;
                    mixed = k;
                }
            }
            while (k != 0);

            if (check != 0f)
            {
                throw Guard.NotFinite(0);
            }

            return mixed == answer || IsFactoryWithin(answer, means.OwnSquare() - 2f * LargestOfField()) ? answer : mixed;
        }

        /// <summary>
        /// How far the sample last classified is from the nearest class, of training or of the field: the mean over the features of the
        /// squared distance in units of the variance within classes. About 1 for what training saw, however many features there are.
        /// </summary>
        public float Novelty()
        {
            if (!means.IsPlaced)
            {
                means.Place();
            }

            field.Forward();
            float square = means.OwnSquare();
            float nearest = float.MaxValue;
            for (int k = 0; k < active.Length; k++)
            {
                if (active[k] && means.Counts[k] > 0)
                {
                    float distance = square - 2f * scores[k];
                    nearest = distance < nearest ? distance : nearest;
                }

                if (active[k] && k < scaled.Length)
                {
                    float distance = means.FactoryDistance(k, nearest);
                    nearest = distance < nearest ? distance : nearest;
                }
            }

            return nearest < 0f ? 0f : nearest / means.Section.Features;
        }

        /// <summary>Chooses the way to answer by what is known of labels and classes.</summary>
        private void Decide()
        {
            int best = evidence.Best();
            trusted = evidence.IsEnough();
            share = LabelEvidence.ShareOf(best);
            form = trusted && best != LabelEvidence.Alone && means.Labels > 0 ? Form.Known : Form.Network;
            for (int k = 0; k < active.Length; k++)
            {
                if (k < scaled.Length ? !active[k] : means.Counts[k] > 0)
                {
                    share = form == Form.Network ? -1f : share;
                    form = Form.All;
                }
            }
        }

        /// <summary>The class of the network's largest score, of those that were not taken out; -1 if all were.</summary>
        private int AnswerOfNetwork()
        {
            float[] z = logits;
            bool[] may = active;
            int answer = -1;
            float largest = 0f;
            float check = 0f;
            for (int k = scaled.Length - 1; k >= 0; k--)
            {
                float score = z[k];
                check += score - score;
                if (may[k] && (answer < 0 || largest <= score))
                {
                    largest = score;
                    answer = k;
                }
            }

            return check == 0f ? answer : throw Guard.NotFinite(0);
        }

        private float LargestOfField()
        {
            float largest = scores[0];
            for (int k = scaled.Length - 1; k > 0; k--)
            {
                largest = largest < scores[k] ? scores[k] : largest;
            }

            return largest;
        }

        /// <summary>The answer where classes were added or taken out.</summary>
        /// <param name="answer">The network's, or -1.</param>
        private int AnswerOfAll(int answer)
        {
            bool mixes = share >= 0f && answer >= 0;
            int nearest = answer;
            int mixed = answer;
            float most = 0f;
            for (int k = scaled.Length - 1; k >= 0 && mixes; k--)
            {
                float score = logits[k] * share + scores[k] * perDistance;
                if (active[k])
                {
                    nearest = scores[nearest] < scores[k] ? k : nearest;
                    bool more = k == scaled.Length - 1 || most <= score;
                    mixed = more ? k : mixed;
                    most = more ? score : most;
                }
            }

            float square = means.OwnSquare();
            float distance = mixes ? square - 2f * scores[nearest] : float.MaxValue;
            int added = NearestNew();
            if (added >= 0)
            {
                float limit = NewClassMargin * (square - 2f * scores[added]);
                if (answer < 0 || (limit < distance && !IsFactoryWithin(answer, limit)))
                {
                    return added;
                }
            }

            return answer < 0 ? throw new InvalidOperationException("No class is left that has an example.")
                : mixed == answer || IsFactoryWithin(answer, distance) ? answer : mixed;
        }

        /// <summary>The nearest of the classes that training never saw; -1 without any.</summary>
        private int NearestNew()
        {
            int nearest = -1;
            for (int k = active.Length - 1; k >= scaled.Length; k--)
            {
                if (means.Counts[k] != 0 && (nearest < 0 || scores[nearest] <= scores[k]))
                {
                    nearest = k;
                }
            }

            return nearest;
        }

        /// <summary>
        /// Whether a mean of training is as near as this; that of the network's answer, the likeliest, is looked at first.
        /// </summary>
        private bool IsFactoryWithin(int answer, float limit)
        {
            if (means.FactoryDistance(answer, limit) <= limit)
            {
                return true;
            }

            for (int k = scaled.Length - 1; k >= 0; k--)
            {
                if (k != answer && active[k] && means.FactoryDistance(k, limit) <= limit)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
