namespace Tiny.Core.Arithmetic
{
    /// <summary>Square root from float + * / alone: the same bits on every board.</summary>
    /// <remarks>Allocates nothing.</remarks>
    /// <example>
    /// <code>
    /// float deviation = SquareRoot.Of(2f);                       // about 1.4142
    /// </code>
    /// </example>
    public static class SquareRoot
    {
        /// <summary>The square root of x, within 1 unit in the last place; 0 for 0 and below. NaN gives NaN.</summary>
        /// <remarks>Newton's iteration after scaling x into [1, 4) by powers of four.</remarks>
        public static float Of(float x)
        {
            if (!(0f < x))
            {
                return x <= 0f ? 0f : x;
            }

            if (x > float.MaxValue)
            {
                return x;
            }

            float scale = 1f;
            while (x >= 4f)
            {
                x *= 0.25f;
                scale *= 2f;
            }

            while (x < 1f)
            {
                x *= 4f;
                scale *= 0.5f;
            }

            float root = 0.5f * (1f + x);
            for (int i = 0; i < 4; i++)
            {
                root = 0.5f * (root + x / root);
            }

            return root * scale;
        }
    }
}
