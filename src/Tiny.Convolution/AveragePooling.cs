using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Average pooling: of each channel the mean of the values under the window, summed row by row
    /// and divided by how many there are; taps beyond the edges are none.
    /// </summary>
    /// <example>
    /// <code>
    /// AveragePooling.Register();                                 // once, before a model with average pooling is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class AveragePooling : WindowKind
    {
        /// <summary>The code of the kind.</summary>
        public const int AveragePoolingCode = 7;

        /// <inheritdoc/>
        public override int Code
        {
            get { return AveragePoolingCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new AveragePooling());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            return new AveragePoolingLayer();
        }
    }
}
