using Tiny.Core.Layers;

namespace Tiny.Int8
{
    /// <summary>What a program calls once, before it loads int8 models.</summary>
    /// <example>
    /// <code>
    /// Int8Layers.Register();                                     // once, before any int8 blob is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public static class Int8Layers
    {
        /// <summary>Makes int8 layers known to the core.</summary>
        public static void Register()
        {
            LayerKinds.Register(new LevelDense());
            LayerKinds.Register(new DigitDense());
        }
    }
}
