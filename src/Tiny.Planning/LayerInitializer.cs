using Tiny.Core.Layers;
using Tiny.Learning;

namespace Tiny.Planning
{
    /// <summary>
    /// The weights with which layers of a kind begin. For a kind of your own derive from this,
    /// and register it with <see cref="Initializers"/>.
    /// </summary>
    /// <seealso cref="PlanBuilder"/>
    public abstract class LayerInitializer : KindEntry
    {
        /// <summary>Draws the layer's weights anew.</summary>
        public abstract void Draw(Layer layer, SeededRandom random);
    }
}
