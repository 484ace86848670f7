using Tiny.Core.Blobs;
using Tiny.Int8.Wide.Kernels;

namespace Tiny.Int8.Wide
{
    /// <summary>The first int8 layer, in chunks of up to 128 inputs.</summary>
    /// <seealso cref="WideLevelDense"/>
    public sealed class WideLevelDenseLayer : LevelDenseLayer
    {
        /// <inheritdoc/>
        public override int ChunkOf(int block)
        {
            return block < WideLevelProducts.Widest ? block : WideLevelProducts.Widest;
        }

        /// <inheritdoc/>
        protected override bool Run(
            float[] x, byte[] given, float scale, float offset, long[] sums, long[][] weights, int first, int groups, int width)
        {
            return WideLevelProducts.Run(x, given, scale, offset, sums, weights, first, groups, width);
        }

        /// <summary>Empties the lanes only before each block with which some row could leave them.</summary>
        protected override void PlanEmptying(BlobReader reader, int biasesAt, int weightsAt)
        {
            // Blocks past the 31st are not worth a plan: there the lanes are Emptied every time. One block needs none.
            int blocks = 0;
            for (int i = 0; i < Inputs; i += Int8Blocks.OfLevels(Inputs - i))
            {
                blocks++;
            }

            Emptied = blocks > 31 ? -1 : 0;
            byte[] bytes = reader.Bytes;
            int at = reader.Start + weightsAt;
            for (int row = 0; row < Rows && blocks > 1 && blocks <= 31; row++)
            {
                int bias = reader.Int32At(biasesAt + 4 * row);
                int bound = bias < 0 ? -bias : bias;
                int begin = 0;
                for (int block = 0; begin < Inputs; block++)
                {
                    int width = Int8Blocks.OfLevels(Inputs - begin);
                    int end = at + (Inputs - begin < width ? Inputs - begin : width);
                    int own = 0;
                    for (; at < end; at++)
                    {
                        int weight = (sbyte)bytes[at];
                        own += weight < 0 ? -weight : weight;
                    }

                    own *= MiddleLevel;
                    begin += width;
                    if (block > 0 && (bound + own >= LaneLimit || (Emptied >> (block - 1) & 1) != 0))
                    {
                        Emptied |= 1 << (block - 1);
                        bound = 0;
                    }

                    bound += own;
                }
            }
        }
    }
}
