using Tiny.Convolution.Int8;
using Tiny.Core.Layers;

namespace Tiny.Native.Int8
{
    /// <summary>What a program calls once, before it loads int8 models.</summary>
    /// <example>
    /// <code>
    /// NativeInt8.Register();                                     // once, before a model with int8 layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public static class NativeInt8
    {
        /// <summary>
        /// Makes int8 layers by the firmware's C known, dense and of windows, in the place of those of the interpreter. A network made from
        /// a blob then reads its int8 weights in that array, which the program leaves as it is; a model loaded later is copied.
        /// </summary>
        public static void Register()
        {
            LayerKinds.Register(new NativeLevelDense());
            LayerKinds.Register(new NativeDigitDense());
            LayerKinds.Register(new NativeInt8Conv2D());
            LayerKinds.Register(new NativeInt8DepthwiseConv2D());
            LayerKinds.Register(new NativeInt8Pooling(Int8Pooling.MaxCode));
            LayerKinds.Register(new NativeInt8Pooling(Int8Pooling.AverageCode));
            LayerKinds.Register(new NativeInt8Vector(Int8Vector.GlobalAverageCode));
            LayerKinds.Register(new NativeInt8Vector(Int8Vector.FlattenCode));
        }
    }
}
