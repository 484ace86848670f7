using Tiny.Saving;

namespace Tiny.Convolution.Int8.Saving
{
    /// <summary>Models with int8 convolutions can be saved as whole blobs, and looked into.</summary>
    /// <example>
    /// <code>
    /// Int8Convolutions.Register();
    /// Int8ConvolutionSaving.Register();                          // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public static class Int8ConvolutionSaving
    {
        /// <summary>Makes int8 convolutions and what stands between them readable from now on.</summary>
        public static void Register()
        {
            for (int code = Int8Conv2D.Int8Conv2DCode; code <= Int8Vector.FlattenCode; code++)
            {
                LayerUnpackers.Register(new ByteUnpacker(code));
            }
        }
    }
}
