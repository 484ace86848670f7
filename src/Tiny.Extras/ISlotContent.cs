namespace Tiny.Extras
{
    /// <summary>What a slot saves besides the parameters of layers. Read and written by the slot store of Tiny.Adaptation, in one record with them; neither allocates.</summary>
    public interface ISlotContent
    {
        /// <summary>Bytes it takes, always as many; a multiple of 4.</summary>
        int ContentBytes { get; }

        /// <summary>Writes it.</summary>
        /// <param name="buffer">Receives the bytes.</param>
        /// <param name="at">Where the first goes.</param>
        /// <returns>False if there is a number in it that is not finite: nothing is saved.</returns>
        bool WriteContent(byte[] buffer, int at);

        /// <summary>Takes what was written by a content of the same making: the record's checksums and its factory blob were right.</summary>
        void ReadContent(byte[] buffer, int at);

        /// <summary>Forgets all that was learned.</summary>
        void RestoreFactory();
    }
}
