using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// Depthwise convolution with float32 weights, a filter to each channel: z[y, x, c] = bias[c] + the sum of w[c,
    /// tap] times the channel's value under the tap, taps row by row, one accumulator; then the activation. Taps beyond
    /// the edges are skipped. Attributes: the <see cref="Window"/> (10 bytes), activation (1), and the activation's
    /// parameter (4) if it has one. Weights: channel by channel, bias first.
    /// </summary>
    /// <example>
    /// <code>
    /// DepthwiseConv2D.Register();                                // once, before a model with depthwise convolutions is loaded
    /// Network network = Network.FromBlob(blob);
    /// </code>
    /// </example>
    public class DepthwiseConv2D : LayerKind
    {
        /// <summary>The code of the kind.</summary>
        public const int DepthwiseConv2DCode = 5;

        /// <summary>Where among the attributes the activation stands.</summary>
        public const int ActivationAt = Window.Bytes;

        /// <inheritdoc/>
        public override int Code
        {
            get { return DepthwiseConv2DCode; }
        }

        /// <summary>Makes layers of this kind known.</summary>
        public static void Register()
        {
            LayerKinds.Register(new DepthwiseConv2D());
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
                error = window.Read(reader, 0);
            }

            if (error != BlobError.None)
            {
                return error;
            }

            reader.NodeActivation = activation;
            reader.SetWeights(4L * window.Channels * (1L + window.Taps));
            return reader.SetOutput(window.OutputHeight, window.OutputWidth, window.Channels, BlobFormat.Floats);
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
            window.Read(reader, 0);
            return new DepthwiseConv2DLayer(window.Channels, window.Taps);
        }
    }
}
