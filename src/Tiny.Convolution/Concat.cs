using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>The channels of two branches beside each other, place by place, those of the first in front; then the activation.</summary>
    /// <example>
    /// <code>
    /// Concat.Register();                                         // once, before a model with branches side by side is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Concat : Merge
    {
        /// <summary>The code of the kind.</summary>
        public const int ConcatCode = 10;

        /// <inheritdoc/>
        public override int Code
        {
            get { return ConcatCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Concat());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(1));
            return new ConcatLayer();
        }

        /// <inheritdoc/>
        protected override BlobError Shape(BlobReader reader, int second)
        {
            int channels = reader.Dimension(reader.Input, 2) + reader.Dimension(second, 2);
            return reader.SetOutput(reader.Dimension(reader.Input, 0), reader.Dimension(reader.Input, 1), channels, BlobFormat.Floats);
        }
    }
}
