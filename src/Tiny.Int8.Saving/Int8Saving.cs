namespace Tiny.Int8.Saving
{
    /// <summary>Models with int8 layers can be saved as whole blobs, and looked into.</summary>
    /// <example>
    /// <code>
    /// Int8Layers.Register();
    /// Int8Saving.Register();                                     // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public static class Int8Saving
    {
        /// <summary>Makes int8 layers readable from now on.</summary>
        public static void Register()
        {
            Tiny.Saving.LayerUnpackers.Register(new Int8Unpacker(LevelDense.LevelDenseCode));
            Tiny.Saving.LayerUnpackers.Register(new Int8Unpacker(DigitDense.DigitDenseCode));
        }
    }
}
