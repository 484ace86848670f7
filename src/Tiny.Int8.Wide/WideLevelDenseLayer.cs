using Tiny.Int8.Wide.Kernels;

namespace Tiny.Int8.Wide
{
    /// <summary>The first int8 layer, in chunks of up to 128 inputs.</summary>
    public sealed class WideLevelDenseLayer : LevelDenseLayer
    {
        /// <inheritdoc/>
        protected override int ChunkOf(int block)
        {
            return block < WideLevelProducts.Widest ? block : WideLevelProducts.Widest;
        }

        /// <inheritdoc/>
        protected override bool Run(float[] x, byte[] given, float scale, float offset, long[] sums, long[][] weights, int first, int groups, int width)
        {
            return WideLevelProducts.Run(x, given, scale, offset, sums, weights, first, groups, width);
        }
    }
}
