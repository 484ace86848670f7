using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>Max pooling: of each channel the largest value under the window. Taps beyond the edges are skipped.</summary>
    /// <example>
    /// <code>
    /// MaxPooling.Register();                                     // once, before a model with max pooling is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class MaxPooling : WindowKind
    {
        /// <summary>The code of the kind.</summary>
        public const int MaxPoolingCode = 6;

        /// <inheritdoc/>
        public override int Code
        {
            get { return MaxPoolingCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new MaxPooling());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new MaxPoolingLayer();
        }
    }
}
