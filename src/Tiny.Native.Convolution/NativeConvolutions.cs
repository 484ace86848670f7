using Tiny.Native.Float32;

namespace Tiny.Native.Convolution
{
    /// <summary>What a program calls once, before it loads float32 models with convolutions.</summary>
    /// <example>
    /// <code>
    /// NativeConvolutions.Register();                             // once, before a model with convolutions is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public static class NativeConvolutions
    {
        /// <summary>
        /// Makes float32 layers of windows by the firmware's C known, in the place of those of the interpreter, and dense layers too.
        /// </summary>
        public static void Register()
        {
            NativeDense.Register();
            NativeConv2D.Register();
            NativeDepthwiseConv2D.Register();
            NativeMaxPooling.Register();
            NativeAveragePooling.Register();
            NativeGlobalAverage.Register();
        }
    }
}
