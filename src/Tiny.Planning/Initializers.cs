using Tiny.Core;
using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Planning
{
    /// <summary>The kinds of layers whose first weights a program can draw: dense float32 layers, and what it registers.</summary>
    /// <remarks>Drawing goes over every weight once.</remarks>
    /// <seealso cref="PlanBuilder"/>
    public static class Initializers
    {
        private static KindEntry[] all = { new DenseInitializer() };

        /// <summary>Makes known how layers of a kind begin; replaces what was registered for its code before.</summary>
        /// <param name="initializer">The initializer.</param>
        /// <exception cref="System.ArgumentNullException">There is no initializer.</exception>
        public static void Register(LayerInitializer initializer)
        {
            all = KindEntry.With(all, initializer);
        }

        /// <summary>Draws the weights of all layers that have an initializer anew, the same for the same seed.</summary>
        /// <param name="network">The network.</param>
        /// <param name="seed">Any number; fixes the weights.</param>
        /// <exception cref="System.ArgumentNullException">There is no network.</exception>
        public static void Draw(Network network, int seed)
        {
            Guard.NotNull(network, "network");
            SeededRandom random = new SeededRandom(seed);
            for (int i = 0; i < network.LayerCount; i++)
            {
                LayerInitializer initializer = (LayerInitializer)KindEntry.Find(all, network.GetLayer(i).Kind);
                if (initializer != null)
                {
                    initializer.Draw(network.GetLayer(i), random);
                }
            }
        }
    }
}
