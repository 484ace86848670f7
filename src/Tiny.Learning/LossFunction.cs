using Tiny.Core.Arithmetic;
using Tiny.Core.Losses;

namespace Tiny.Learning
{
    /// <summary>The losses and their gradients. Nothing here allocates.</summary>
    /// <example>
    /// <code>
    /// float[] targets = { 0f, 1f, 0f };
    /// float[] sums = { 0.2f, 1.1f, -0.3f };                      // of a linear layer, whose outputs are its sums
    /// float loss = LossFunction.Evaluate(Loss.MeanSquaredError, sums, sums, targets, 3);
    /// </code>
    /// </example>
    public static class LossFunction
    {
        /// <summary>
        /// Whether <see cref="Gradient"/> is the one on the last layer's sums already (cross-entropies, where the activation's
        /// derivative cancels), rather than the one on its outputs.
        /// </summary>
        public static bool GivesGradientOnSums(Loss loss)
        {
            return loss == Loss.SoftmaxCrossEntropy || loss == Loss.BinaryCrossEntropy;
        }

        /// <summary>The loss of one sample: z the last layer's sums, a its outputs, t the targets, all (count).</summary>
        /// <param name="loss">The loss.</param>
        /// <param name="z">(count) or longer, the sums.</param>
        /// <param name="a">(count) or longer, the outputs.</param>
        /// <param name="t">(count) or longer, the targets.</param>
        /// <param name="count">Outputs, 1 or more.</param>
        /// <returns>The loss, 0 or more.</returns>
        public static float Evaluate(Loss loss, float[] z, float[] a, float[] t, int count)
        {
            switch (loss)
            {
                case Loss.MeanSquaredError:
                    return SumOfSquares(a, t, count) / count;
                case Loss.HalfSquaredError:
                    return SumOfSquares(a, t, count) * 0.5f;
                case Loss.BinaryCrossEntropy:
                    return BinaryCrossEntropy(z, t, count);
                case Loss.SoftmaxCrossEntropy:
                    return SoftmaxCrossEntropy(z, a, t, count);
                default:
                    return Hinge(a, t, count);
            }
        }

        /// <summary>
        /// d receives the gradient on the last layer's sums or outputs, as <see cref="GivesGradientOnSums"/> says. d may be the array
        /// of the sums; it must not be a or t.
        /// </summary>
        /// <param name="d">(count) or longer. Receives the gradient.</param>
        /// <param name="loss">The loss.</param>
        /// <param name="a">(count) or longer, the outputs.</param>
        /// <param name="t">(count) or longer, the targets.</param>
        /// <param name="count">Outputs, 1 or more.</param>
        public static void Gradient(float[] d, Loss loss, float[] a, float[] t, int count)
        {
            if (loss == Loss.MultiClassHinge)
            {
                HingeGradient(d, a, t, count);
                return;
            }

            float scale = 1f;
            if (loss == Loss.MeanSquaredError)
            {
                scale = 2f / count;
            }
            else if (loss == Loss.BinaryCrossEntropy)
            {
                scale = 1f / count;
            }

            for (int i = 0; i < count; i++)
            {
                d[i] = (a[i] - t[i]) * scale;
            }
        }

        private static float SumOfSquares(float[] a, float[] t, int count)
        {
            float sum = 0f;
            for (int i = 0; i < count; i++)
            {
                float error = a[i] - t[i];
                sum += error * error;
            }

            return sum;
        }

        /// <summary>max(z, 0) - z t + ln(1 + e^-|z|): never NaN, however certain and wrong the answer is.</summary>
        private static float BinaryCrossEntropy(float[] z, float[] t, int count)
        {
            float sum = 0f;
            for (int i = 0; i < count; i++)
            {
                float logit = z[i];
                float positive = 0f < logit ? logit : 0f;
                float negative = 0f < logit ? -logit : logit;
                sum += positive - logit * t[i] + Logarithm.FromOne(1f + Exponential.Exp(negative));
            }

            return sum / count;
        }

        /// <summary>-sum t ln a; where an output is too small to tell, from the sums: ln sum e^(z - max) - (z - max).</summary>
        private static float SoftmaxCrossEntropy(float[] z, float[] a, float[] t, int count)
        {
            float loss = 0f;
            for (int i = 0; i < count; i++)
            {
                float target = t[i];
                if (target != 0f)
                {
                    float output = a[i];
                    if (1e-8f < output)
                    {
                        loss += target * Logarithm.FromOne(1f / output);
                    }
                    else
                    {
                        // The output of the largest sum is 1 over the sum of exponentials.
                        int best = IndexOfLargest(z, count);
                        loss += target * (Logarithm.FromOne(1f / a[best]) - (z[i] - z[best]));
                    }
                }
            }

            return loss;
        }

        private static float Hinge(float[] a, float[] t, int count)
        {
            int right = IndexOfLargest(t, count);
            float loss = 0f;
            for (int i = 0; i < count; i++)
            {
                float margin = a[i] - a[right] + 1f;
                if (i != right && 0f < margin)
                {
                    loss += margin;
                }
            }

            return loss;
        }

        private static void HingeGradient(float[] d, float[] a, float[] t, int count)
        {
            int right = IndexOfLargest(t, count);
            float violations = 0f;
            for (int i = 0; i < count; i++)
            {
                bool violates = i != right && 0f < a[i] - a[right] + 1f;
                d[i] = violates ? 1f : 0f;
                violations += d[i];
            }

            d[right] = -violations;
        }

        /// <summary>The index of the largest of the first <paramref name="count"/> values, the first one where several are equal.</summary>
        private static int IndexOfLargest(float[] values, int count)
        {
            int best = 0;
            float largest = values[0];
            for (int i = 1; i < count; i++)
            {
                if (largest < values[i])
                {
                    largest = values[i];
                    best = i;
                }
            }

            return best;
        }
    }
}
