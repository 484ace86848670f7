using Tiny.Core.Blobs;

namespace Tiny.Core.Layers
{
    /// <summary>
    /// A kind of layer: knows its nodes in a blob, and makes layers for them. To add a kind, derive from this
    /// and from <see cref="Layer"/> and register it with <see cref="LayerKinds"/>: nothing else in the core
    /// changes. Codes in a blob: 1 to 63 are Tiny's own, 64 to 127 anybody's.
    /// </summary>
    /// <seealso cref="LayerKinds"/>
    public abstract class LayerKind : KindEntry
    {
        /// <summary>Whether a node may write the buffer that it reads.</summary>
        public virtual bool WorksInPlace
        {
            get { return false; }
        }

        /// <summary>
        /// Checks the attributes of the node at which the reader stands and the shape of what it reads, and
        /// tells the reader the shape of what it gives and the bytes of its weights.
        /// </summary>
        /// <returns>None, or what is wrong.</returns>
        public abstract BlobError Measure(BlobReader reader);

        /// <summary>Checks the weights of the node, whose attributes are known to be well.</summary>
        public abstract BlobError CheckWeights(BlobReader reader);

        /// <summary>A layer with memory for the node.</summary>
        public abstract Layer Create(BlobReader reader);
    }
}
