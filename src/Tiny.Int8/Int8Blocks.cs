namespace Tiny.Int8
{
    /// <summary>
    /// How the inputs of an int8 layer are cut into blocks, within each of which a row's sum fits the
    /// bits it has: a part of the blob's format, whatever kernels compute it.
    /// </summary>
    /// <seealso cref="Int8Layers"/>
    public static class Int8Blocks
    {
        /// <summary>
        /// Inputs of the next block of a layer of levels: the power of two above those left if at
        /// most an eighth of it is idle, else the one below; 4 to 128.
        /// </summary>
        /// <param name="inputs">Inputs that are left, 1 or more.</param>
        public static int OfLevels(int inputs)
        {
            return inputs <= 6 ? 4 : inputs <= 13 ? 8 : inputs <= 27 ? 16 : inputs <= 55 ? 32 : inputs <= 111 ? 64 : 128;
        }

        /// <summary>
        /// Inputs from one block of a layer of digits to the next: 64 where one block takes all, else 63, which are 21 whole longs.
        /// </summary>
        /// <param name="inputs">Inputs of the layer, 1 or more.</param>
        public static int OfDigits(int inputs)
        {
            return inputs <= 64 ? 64 : 63;
        }

        /// <summary>
        /// Longs of a buffer of so many digits: as many as the kernels' widths reach over, so that no layer needs a copy.
        /// </summary>
        /// <param name="digits">Digits, 1 or more.</param>
        public static int LongsFor(int digits)
        {
            int longs = (digits + 2) / 3;
            int reach = Kernels.DigitProducts.WidthFor(longs);
            return reach > longs ? reach : longs;
        }
    }
}
