using Tiny.Core.Arithmetic;

namespace Tiny.Core.Activations
{
    /// <seealso cref="Network"/>
    /// <summary>
    /// sigmoid as 256 straight pieces over (-10.67, 10.67): sigmoid(x) = intercept[i] + x * slope[i]. 0 below, 1 above.
    /// tanh comes from the same table as 2 * sigmoid(2 x) - 1.
    /// </summary>
    /// <remarks>
    /// Measured over every float of [-20, 20] (tests/Tiny.Core.Tests/Activations): sigmoid is off by at most 4.3e-5, tanh by at most
    /// 8.6e-5. Each piece is a chord shifted by half its sag, which halves the error. Built once, from float + - * / alone, and shared.
    /// </remarks>
    public sealed class SigmoidTable
    {
        /// <summary>Number of pieces.</summary>
        public const int Pieces = 256;

        /// <summary>Pieces per unit of x.</summary>
        public const float PiecesPerUnit = 12f;

        /// <summary>
        /// The table holds for |x| below this; past it sigmoid is 0 or 1. A little inside 128 pieces, so that no index rounds past the end.
        /// </summary>
        public const float Range = 10.666f;

        /// <summary>The one table; <see cref="Prepare"/> has made it.</summary>
        public static SigmoidTable Shared;

        private SigmoidTable()
        {
            // (Pieces) each
            Intercepts = new float[Pieces];
            Slopes = new float[Pieces];
            for (int i = 0; i < Pieces; i++)
            {
                float left = (i - Pieces / 2) / PiecesPerUnit;
                float right = (i + 1 - Pieces / 2) / PiecesPerUnit;
                float atLeft = Exact(left);
                float slope = (Exact(right) - atLeft) * PiecesPerUnit;
                float middle = 0.5f * (left + right);
                float sag = Exact(middle) - (atLeft + slope * (middle - left));
                Slopes[i] = slope;
                Intercepts[i] = atLeft - slope * left + 0.5f * sag;
            }
        }

        /// <summary>(<see cref="Pieces"/>) for whoever has no room for a call.</summary>
        public readonly float[] Intercepts;

        /// <summary>(<see cref="Pieces"/>) likewise.</summary>
        public readonly float[] Slopes;

        /// <summary>
        /// Builds the table if it is not there yet. Networks call it when they take a model, so that predicting allocates nothing.
        /// </summary>
        public static void Prepare()
        {
            if (Shared == null)
            {
                Shared = new SigmoidTable();
            }
        }

        /// <summary>z[i] = sigmoid(z[i]) for the first <paramref name="count"/> elements. NaN stays NaN.</summary>
        /// <param name="z">(count) or longer.</param>
        /// <param name="count">Elements, from 0.</param>
        public void Sigmoid(float[] z, int count)
        {
            float[] intercepts = Intercepts;
            float[] slopes = Slopes;
            for (int i = 0; i < count; i++)
            {
                float x = z[i];
                if (x < Range)
                {
                    if (x > -Range)
                    {
                        int piece = (int)(x * PiecesPerUnit + 128f);
                        z[i] = intercepts[piece] + x * slopes[piece];
                    }
                    else
                    {
                        z[i] = 0f;
                    }
                }
                else
                {
                    z[i] = Range <= x ? 1f : x;
                }
            }
        }

        /// <summary>z[i] = tanh(z[i]) for the first <paramref name="count"/> elements. NaN stays NaN.</summary>
        /// <param name="z">(count) or longer.</param>
        /// <param name="count">Elements, from 0.</param>
        public void Tanh(float[] z, int count)
        {
            float[] intercepts = Intercepts;
            float[] slopes = Slopes;
            for (int i = 0; i < count; i++)
            {
                float x = z[i] * 2f;
                if (x < Range)
                {
                    if (x > -Range)
                    {
                        int piece = (int)(x * PiecesPerUnit + 128f);
                        z[i] = (intercepts[piece] + x * slopes[piece]) * 2f - 1f;
                    }
                    else
                    {
                        z[i] = -1f;
                    }
                }
                else
                {
                    z[i] = Range <= x ? 1f : x;
                }
            }
        }

        /// <summary>z[i] = z[i] * sigmoid(z[i]) for the first <paramref name="count"/> elements. NaN stays NaN.</summary>
        /// <param name="z">(count) or longer.</param>
        /// <param name="count">Elements, from 0.</param>
        public void Swish(float[] z, int count)
        {
            float[] intercepts = Intercepts;
            float[] slopes = Slopes;
            for (int i = 0; i < count; i++)
            {
                float x = z[i];
                if (x < Range)
                {
                    if (x > -Range)
                    {
                        int piece = (int)(x * PiecesPerUnit + 128f);
                        z[i] = (intercepts[piece] + x * slopes[piece]) * x;
                    }
                    else
                    {
                        z[i] = 0f;
                    }
                }
            }
        }

        private static float Exact(float x)
        {
            return 1f / (1f + Exponential.Exp(-x));
        }
    }
}
