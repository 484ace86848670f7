using Tiny.Convolution.Int8;
using Tiny.Int8;
using Tiny.Saving;

namespace Tiny.Native.Int8.Saving
{
    /// <summary>Models with int8 layers of native kernels can be saved as whole blobs, and looked into.</summary>
    /// <example>
    /// <code>
    /// NativeInt8.Register();
    /// NativeInt8Saving.Register();                               // once, before the first save
    /// byte[] saved = BlobWriter.ToArray(network);
    /// </code>
    /// </example>
    public static class NativeInt8Saving
    {
        /// <summary>Makes them readable from now on.</summary>
        public static void Register()
        {
            LayerUnpackers.Register(new NativeUnpacker(LevelDense.LevelDenseCode));
            LayerUnpackers.Register(new NativeUnpacker(DigitDense.DigitDenseCode));
            for (int code = Int8Conv2D.Int8Conv2DCode; code <= Int8Vector.FlattenCode; code++)
            {
                LayerUnpackers.Register(new NativeUnpacker(code));
            }
        }
    }
}
