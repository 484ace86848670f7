namespace Tiny.Convolution.Int8
{
    /// <summary>Reads what int8 convolutions have packed: for saving them, and for looking into them. Tiny.Convolution.Int8.Saving has it; who only predicts does not carry it.</summary>
    public abstract class ByteAccess
    {
        /// <summary>Copies digits that stand three to a long.</summary>
        public abstract void CopyDigits(long[] digits, int count, float[] values);

        /// <summary>Copies biases and weights in whole numbers: filter by filter, the bias first.</summary>
        public abstract void CopyParameters(FilterLayer layer, float[] destination, int first, int count);

        /// <summary>Writes the weights as the blob has them; returns the offset behind them.</summary>
        public abstract int WriteWeights(FilterLayer layer, byte[] buffer, int at);

        /// <summary>Writes how the sample becomes levels; returns the offset behind it.</summary>
        public abstract int WriteScaling(ByteLayer layer, byte[] buffer, int at);
    }
}
