namespace Tiny.Int8.Saving
{
    /// <summary>Biases and weights of packed int8 layers, one by one in whole numbers.</summary>
    /// <example>
    /// <code>
    /// Int8Layer layer = (Int8Layer)network.GetLayer(0);
    /// int bias = PackedWeights.BiasOf(layer, 0);                 // of the first row
    /// int weight = PackedWeights.WeightOf(layer, 0, 2);          // of its third input, from -127 to 127
    /// </code>
    /// </example>
    public static class PackedWeights
    {
        // Digits of a long stand at bits 0, 21 and 43.
        private const int Second = 21;
        private const int Third = 43;

        /// <summary>One of the three digits of a long (0 to 2).</summary>
        /// <param name="packed">The long.</param>
        /// <param name="place">0, 1 or 2.</param>
        /// <returns>From -127 to 127.</returns>
        public static int Unpack(long packed, int place)
        {
            int low = (sbyte)packed;
            int middle = (sbyte)((packed - low) >> Second);
            return place == 0 ? low : place == 1 ? middle : (sbyte)((packed - low - ((long)middle << Second)) >> Third);
        }

        /// <summary>The bias of a row.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="row">From 0 to rows - 1.</param>
        public static int BiasOf(Int8Layer layer, int row)
        {
            LevelDenseLayer first = layer as LevelDenseLayer;
            if (first == null)
            {
                return (int)((layer.Weights[row][0] - DigitDenseLayer.Start) >> Third);
            }

            // The lanes of the first chunk begin with 2^20 + bias + 128 * sum of its weights.
            int bias = ((int)(first.Weights[row / 3][0] >> (row % 3 == 0 ? 0 : row % 3 == 1 ? Second : Third)) & 0x1FFFFF)
                - Int8Layer.LaneLimit;
            int width = first.ChunkOf(Int8Blocks.OfLevels(first.Inputs));
            for (int input = 0; input < width && input < first.Inputs; input++)
            {
                bias -= LevelDenseLayer.MiddleLevel * WeightOf(first, row, input);
            }

            return bias;
        }

        /// <summary>The weight from an input to a row.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="row">From 0 to rows - 1.</param>
        /// <param name="input">From 0 to inputs - 1.</param>
        /// <returns>From -127 to 127.</returns>
        public static int WeightOf(Int8Layer layer, int row, int input)
        {
            LevelDenseLayer first = layer as LevelDenseLayer;
            return first == null ? OfDigits(layer, row, input) : OfLevels(first, row, input);
        }

        private static int OfLevels(LevelDenseLayer layer, int row, int input)
        {
            int array = row / 3;
            int left = layer.Inputs;
            int block = Int8Blocks.OfLevels(left);
            while (input >= block)
            {
                input -= block;
                left -= block;
                array += ((layer.Rows + 2) / 3) * (block / layer.ChunkOf(block));
                block = Int8Blocks.OfLevels(left);
            }

            int chunk = layer.ChunkOf(block);
            return Unpack(layer.Weights[array + ((layer.Rows + 2) / 3) * (input / chunk)][1 + input % chunk], row % 3);
        }

        private static int OfDigits(Int8Layer layer, int row, int input)
        {
            // Here the weights stand the other way about: at bits 43, 22 and 0.
            int span = Int8Blocks.OfDigits(layer.Inputs);
            long packed = layer.Weights[input / span * layer.Rows + row][1 + input % span / 3];
            int low = (sbyte)packed;
            int middle = (sbyte)((packed - low) >> (Second + 1));
            int place = input % span % 3;
            return place == 2 ? low : place == 1 ? middle : (sbyte)((packed - low - ((long)middle << (Second + 1))) >> Third);
        }
    }
}
