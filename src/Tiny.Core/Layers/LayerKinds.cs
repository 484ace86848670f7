namespace Tiny.Core.Layers
{
    /// <summary>The layer kinds that a program knows: dense float32 layers, and what it registers.</summary>
    /// <example>
    /// <code>
    /// LayerKinds.Register(new MaxPooling());                     // once, before a model with such layers is loaded
    /// Network network = Network.FromBlob(blob);
    /// Layer first = network.GetLayer(0);
    /// </code>
    /// </example>
    public static class LayerKinds
    {
        private static KindEntry[] all = { new Dense() };

        /// <summary>
        /// Makes a kind known; in the place of another of the same code, such as one with larger and
        /// faster kernels. For networks made from now on.
        /// </summary>
        /// <param name="kind">The kind.</param>
        /// <exception cref="System.ArgumentNullException">There is no kind.</exception>
        public static void Register(LayerKind kind)
        {
            all = KindEntry.With(all, kind);
        }

        /// <summary>The kind with a code; null if none is registered.</summary>
        /// <param name="code">The code of the kind.</param>
        public static LayerKind Find(int code)
        {
            return (LayerKind)KindEntry.Find(all, code);
        }
    }
}
