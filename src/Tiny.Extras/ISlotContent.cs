namespace Tiny.Extras
{
    /// <summary>
    /// What a slot saves besides the parameters of layers: the slot store of Tiny.Adaptation
    /// writes and reads it in one record with them. Nothing here allocates.
    /// </summary>
    /// <example>
    /// <code>
    /// ISlotContent means = new PrototypeClassifier(network, blob, network.ClassCount + 1);
    /// SlotStore store = new SlotStore(network, blob, storage, means); // weights and means in one record
    /// </code>
    /// </example>
    public interface ISlotContent
    {
        /// <summary>Bytes it takes, always as many; a multiple of 4.</summary>
        int Measure();

        /// <summary>Writes it, its first byte at an offset.</summary>
        /// <param name="buffer">(at + bytes) bytes or more. Receives the content.</param>
        /// <param name="at">Where its first byte goes, from 0.</param>
        void Write(byte[] buffer, int at);

        /// <summary>
        /// Takes what was written by one of the same making, whose record was whole; without a buffer, forgets all that was learned.
        /// </summary>
        /// <param name="buffer">Holds the bytes of the content; or null.</param>
        /// <param name="at">Where its first byte is, from 0.</param>
        void Read(byte[] buffer, int at);
    }
}
