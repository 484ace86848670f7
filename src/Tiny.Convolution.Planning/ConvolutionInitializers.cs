using Tiny.Core.Layers;
using Tiny.Learning;
using Tiny.Planning;

namespace Tiny.Convolution.Planning
{
    /// <summary>The first weights of convolutions, for networks that a board makes itself.</summary>
    /// <example>
    /// <code>
    /// ConvolutionInitializers.Register();                        // once, before the first weights are drawn
    /// Initializers.Draw(network, 1);
    /// </code>
    /// </example>
    public static class ConvolutionInitializers
    {
        /// <summary>Makes known how the layers of Tiny.Convolution begin.</summary>
        public static void Register()
        {
            Initializers.Register(new Conv2DInitializer());
            Initializers.Register(new DepthwiseConv2DInitializer());
        }

        /// <summary>Draws rows of so many weights, each behind a bias of 0.</summary>
        internal static void DrawWeights(Layer layer, SeededRandom random, int each, float limit)
        {
            float[] value = new float[1];
            int count = layer.ParameterCount;
            for (int i = 0; i < count; i++)
            {
                value[0] = i % (1 + each) == 0 ? 0f : random.NextSymmetric(limit);
                layer.SetParameters(value, i, 1);
            }
        }
    }
}
