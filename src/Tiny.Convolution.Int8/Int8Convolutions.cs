using Tiny.Core.Layers;
using Tiny.Int8;

namespace Tiny.Convolution.Int8
{
    /// <summary>What a program calls once, before it loads int8 models with convolutions.</summary>
    /// <example>
    /// <code>
    /// Int8Convolutions.Register();                               // once, before a model with int8 convolutions is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public static class Int8Convolutions
    {
        /// <summary>Makes int8 convolutions and pools known to the core, and the int8 dense layers behind them.</summary>
        public static void Register()
        {
            // Longer kernels of dense layers, where a program has registered them, stay.
            if (LayerKinds.Find(LevelDense.LevelDenseCode) == null)
            {
                Int8Layers.Register();
            }

            LayerKinds.Register(new Int8Conv2D());
            LayerKinds.Register(new Int8DepthwiseConv2D());
            LayerKinds.Register(new Int8Pooling(Int8Pooling.MaxCode));
            LayerKinds.Register(new Int8Pooling(Int8Pooling.AverageCode));
            LayerKinds.Register(new Int8Vector(Int8Vector.GlobalAverageCode));
            LayerKinds.Register(new Int8Vector(Int8Vector.FlattenCode));
        }
    }
}
