namespace Tiny.Int8
{
    /// <summary>Reads what int8 layers have packed: for saving them, and for looking into them. Tiny.Int8.Saving has it; who only predicts does not carry it.</summary>
    public abstract class Int8Access
    {
        /// <summary>Copies the digits that a layer last gave.</summary>
        public abstract void CopyDigits(Int8Layer layer, float[] values);

        /// <summary>Copies biases and weights, in the order of the blob.</summary>
        public abstract void CopyParameters(Int8Layer layer, float[] destination, int first, int count);

        /// <summary>Writes the weights as the blob has them; returns the offset behind them.</summary>
        public abstract int WriteWeights(Int8Layer layer, byte[] buffer, int at);

        /// <summary>Writes how the sample becomes levels; returns the offset behind it.</summary>
        public abstract int WriteScaling(Int8Layer layer, byte[] buffer, int at);
    }
}
