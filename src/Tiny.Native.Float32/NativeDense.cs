using Tiny.Core.Layers;

namespace Tiny.Native.Float32
{
    /// <summary>
    /// Dense float32 layers whose sums are computed by the firmware's C: the same bits. What is made of dense layers, as convolutions and
    /// recurrent units are, has them too.
    /// </summary>
    /// <example>
    /// <code>
    /// NativeDense.Register();                                    // once, before the model is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class NativeDense : Dense
    {
        /// <summary>
        /// Makes these kernels those of all dense float32 layers from now on. A program that learns calls NativeLearning.Register besides.
        /// </summary>
        public static void Register()
        {
            LayerKinds.Register(new NativeDense());
        }

        /// <inheritdoc/>
        public override DenseLayer NewLayer(int rows, int inputs)
        {
            return new NativeDenseLayer(rows, inputs);
        }
    }
}
