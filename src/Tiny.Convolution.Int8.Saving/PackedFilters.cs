namespace Tiny.Convolution.Int8.Saving
{
    /// <summary>Biases and weights of int8 convolutions, one by one in whole numbers.</summary>
    /// <example>
    /// <code>
    /// FilterLayer layer = (FilterLayer)network.GetLayer(0);
    /// int bias = PackedFilters.BiasOf(layer, 0);                 // of the first filter
    /// int weight = PackedFilters.WeightOf(layer, 0, 4);          // of its fifth value, from -127 to 127
    /// </code>
    /// </example>
    public static class PackedFilters
    {
        private const int LaneBits = 21;

        /// <summary>The bias of a filter; of a depthwise convolution, of a channel.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="filter">From 0 to filters - 1.</param>
        public static int BiasOf(FilterLayer layer, int filter)
        {
            bool whole = layer is Int8DepthwiseConv2DLayer;
            long packed = layer.Starts[whole ? filter : filter / 3];
            for (int lane = whole ? filter : filter / 3 * 3; ; lane++)
            {
                // A lane begins with this and the bias, whatever it is modulo 2^21: the bias is below 2^20 either way.
                long rest = layer.StartOf(0, SumOf(layer, lane));
                long bias = (packed - rest) << (64 - LaneBits) >> (64 - LaneBits);
                if (lane == filter)
                {
                    return (int)bias;
                }

                packed = (packed - rest - bias) >> LaneBits;
            }
        }

        /// <summary>The weight of a filter for a value under the window.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="filter">From 0 to filters - 1.</param>
        /// <param name="value">From 0 to the weights of a filter - 1.</param>
        /// <returns>From -127 to 127.</returns>
        public static int WeightOf(FilterLayer layer, int filter, int value)
        {
            Int8DepthwiseConv2DLayer depthwise = layer as Int8DepthwiseConv2DLayer;
            if (depthwise != null)
            {
                return depthwise.Weights[filter * (depthwise.Weights.Length / depthwise.Filters) + value];
            }

            Int8Conv2DLayer convolution = (Int8Conv2DLayer)layer;
            int slots = convolution.Slots;
            int group = filter / 3;
            int block = 0;
            while (group >= convolution.Weights[block].Length / slots)
            {
                group -= convolution.Weights[block].Length / slots;
                block++;
            }

            int chunk = 0;
            int width = convolution.ChunkOf(layer.Each);
            while (value - chunk >= width)
            {
                chunk += width;
                width = convolution.ChunkOf(layer.Each - chunk);
            }

            long[] weights = convolution.Weights[block];
            return Lane(weights[weights.Length / slots * chunk + group * width + value - chunk], filter % 3);
        }

        /// <summary>One of the three weights of a long.</summary>
        private static int Lane(long packed, int lane)
        {
            int weight = (sbyte)packed;
            while (lane != 0)
            {
                packed = (packed - weight) >> LaneBits;
                weight = (sbyte)packed;
                lane--;
            }

            return weight;
        }

        private static int SumOf(FilterLayer layer, int filter)
        {
            int sum = 0;
            for (int value = 0; filter < layer.Filters && value < layer.Each; value++)
            {
                sum += WeightOf(layer, filter, value);
            }

            return sum;
        }
    }
}
