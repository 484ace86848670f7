namespace Tiny.Extras
{
    /// <summary>
    /// What a slot saves besides the parameters of layers: the slot store of Tiny.Adaptation
    /// writes and reads it in one record with them. Nothing here allocates.
    /// </summary>
    public interface ISlotContent
    {
        /// <summary>Bytes it takes, always as many; a multiple of 4.</summary>
        int Measure();

        /// <summary>Writes it, its first byte at an offset.</summary>
        void Write(byte[] buffer, int at);

        /// <summary>
        /// Takes what was written by one of the same making, whose record was whole; without a buffer, forgets all that was learned.
        /// </summary>
        void Read(byte[] buffer, int at);
    }
}
