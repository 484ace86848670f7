using Tiny.Core.Layers;

namespace Tiny.Saving
{
    /// <summary>
    /// Reads back layers of a kind that keep their weights packed and not as float32: to save them in blobs, and to look
    /// into them. Registered with <see cref="LayerUnpackers"/>; a board that only predicts carries none.
    /// </summary>
    /// <seealso cref="LayerUnpackers"/>
    public abstract class LayerUnpacker : KindEntry
    {
        /// <summary>Bytes that the layer's weights take in a blob, a multiple of 4.</summary>
        public abstract int Measure(Layer layer);

        /// <summary>Writes the weights as the blob has them.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="buffer">Receives the bytes; long enough for the whole blob.</param>
        /// <param name="at">Where the first byte goes, from 0.</param>
        /// <returns>The offset behind them.</returns>
        public abstract int WriteWeights(Layer layer, byte[] buffer, int at);

        /// <summary>Writes how the user's sample becomes levels, for a layer that takes it as such.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="buffer">Receives the bytes; long enough for the whole blob.</param>
        /// <param name="at">Where the first byte goes, from 0.</param>
        /// <returns>The offset behind it.</returns>
        public abstract int WriteScaling(Layer layer, byte[] buffer, int at);

        /// <summary>Copies some of the parameters as floats, in the order of the blob.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="destination">(count) or longer. Receives them from its start.</param>
        /// <param name="first">The first parameter, from 0.</param>
        /// <param name="count">How many.</param>
        public abstract void CopyParameters(Layer layer, float[] destination, int first, int count);

        /// <summary>Copies what the layer last gave, as floats.</summary>
        /// <param name="layer">The layer.</param>
        /// <param name="values">(outputs) or longer.</param>
        public abstract void CopyOutputs(Layer layer, float[] values);
    }
}
