using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Convolution (cross-correlation, as in every library) in one and two dimensions with float32 weights: z[y, x, f] = bias[f] + the
    /// sum of w[f, tap, channel] times the value under the tap, taps row by row, within a tap channels ascending, one accumulator; then
    /// the activation. Taps beyond the edges are skipped. Attributes: filters (2 bytes), the <see cref="Window"/> (10), activation (1),
    /// and the activation's parameter (4) if it has one. Weights: filter by filter, bias first.
    /// </summary>
    /// <example>
    /// <code>
    /// Conv2D.Register();                                         // once, before a model with convolutions is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class Conv2D : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int Conv2DCode = 4;

        /// <summary>Where among the attributes the window stands.</summary>
        public const int WindowAt = 2;

        /// <summary>Where among the attributes the activation stands.</summary>
        public const int ActivationAt = WindowAt + Window.Bytes;

        /// <inheritdoc/>
        public override int Code
        {
            get { return Conv2DCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new Conv2D());
        }

        /// <inheritdoc/>
        public override BlobError Measure(BlobReader reader)
        {
            Window window = Window.Of(reader);
            Activation activation;
            BlobError error = Dense.CheckActivation(reader, ActivationAt, ActivationAt + 1, out activation);
            if (error == BlobError.None && activation == Activation.Maxout)
            {
                error = reader.FaultOfNode(BlobError.UnknownActivation, (int)activation, 0);
            }

            if (error == BlobError.None)
            {
                error = reader.CheckBuffer(reader.Input, BlobFormat.Floats);
            }

            if (error == BlobError.None)
            {
                error = window.Read(reader, WindowAt);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            int filters = reader.AttributeUInt16(0);
            reader.NodeActivation = activation;
            reader.SetWeights(4L * filters * (1L + window.Taps * window.Channels));
            return reader.SetOutput(window.OutputHeight, window.OutputWidth, filters, BlobFormat.Floats);
        }

        /// <inheritdoc/>
        public override BlobError CheckWeights(BlobReader reader)
        {
            return reader.CheckFinite(reader.WeightsAt, reader.WeightsAt + reader.WeightBytes);
        }

        /// <inheritdoc/>
        public override Layer Create(BlobReader reader)
        {
            Window window = Window.Of(reader);
            Dense.Prepare((Activation)reader.Attribute(ActivationAt));
            window.Read(reader, WindowAt);
            return new Conv2DLayer(reader.AttributeUInt16(0), window.Taps * window.Channels);
        }
    }
}
