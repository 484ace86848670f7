using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>The sum of two branches of one shape, value by value; then the activation.</summary>
    /// <example>
    /// <code>
    /// Add.Register();                                            // once, before a model with sums of branches is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public sealed class Add : Merge
    {
        /// <summary>The code of the kind.</summary>
        public const int AddCode = 9;

        /// <inheritdoc/>
        public override int Code
        {
            get { return AddCode; }
        }

        /// <inheritdoc/>
        public override bool WorksInPlace
        {
            get { return true; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Add());
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(1));
            return new AddLayer();
        }

        /// <inheritdoc/>
        protected override BlobError Shape(BlobReader reader, int second)
        {
            int channels = reader.Dimension(reader.Input, 2);
            return reader.Dimension(second, 2) != channels
                ? reader.FaultOfNode(BlobError.ShapeDoesNotFit, reader.Dimension(second, 2), channels)
                : reader.SetOutput(reader.Dimension(reader.Input, 0), reader.Dimension(reader.Input, 1), channels, BlobFormat.Floats);
        }
    }
}
