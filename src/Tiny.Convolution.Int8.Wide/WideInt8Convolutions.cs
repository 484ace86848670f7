using Tiny.Core.Layers;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>What a program calls once instead of <see cref="Int8Convolutions.Register"/>, on a board with flash to spare.</summary>
    /// <example>
    /// <code>
    /// WideInt8Convolutions.Register();                           // once, before a model with int8 convolutions is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public static class WideInt8Convolutions
    {
        /// <summary>Makes int8 convolutions and pools known to the core, with these kernels.</summary>
        public static void Register()
        {
            Int8Convolutions.Register();
            LayerKinds.Register(new WideInt8Conv2D());
            LayerKinds.Register(new WideInt8DepthwiseConv2D());
            LayerKinds.Register(new WideInt8Pooling(Int8Pooling.MaxCode));
            LayerKinds.Register(new WideInt8Pooling(Int8Pooling.AverageCode));
        }
    }
}
