using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>A convolution of each channel by itself.</summary>
    /// <remarks>
    /// Values and weights of a place stand tap by tap, the channels of a tap beside each other,
    /// so that one walk over the patch serves all channels.
    /// </remarks>
    /// <seealso cref="DepthwiseConv2D"/>
    public class DepthwiseConv2DLayer : Layer
    {
        /// <summary>How the window walks.</summary>
        public readonly Window Window = new Window();

        /// <summary>(taps * channels) the weights: those of a tap beside each other.</summary>
        public readonly float[] Weights;

        /// <summary>(channels).</summary>
        public readonly float[] Biases;

        /// <summary>(taps * channels) the values under the window.</summary>
        public readonly float[] Patch;

        /// <summary>The activation.</summary>
        public Activation Activation;

        /// <summary>The activation's parameter: slope of leaky ReLU, alpha of ELU, else 0.</summary>
        public float ActivationParameter;

        /// <summary>A layer with room for so many channels and taps.</summary>
        /// <param name="channels">Channels, 1 or more.</param>
        /// <param name="taps">Taps of the window, 1 or more.</param>
        public DepthwiseConv2DLayer(int channels, int taps)
        {
            Weights = new float[taps * channels];
            Biases = new float[channels];
            Patch = new float[taps * channels];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return DepthwiseConv2D.DepthwiseConv2DCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Window.Channels * (1 + Window.Taps); }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(DepthwiseConv2D.ActivationAt));
            int channels = reader.Dimension(reader.Output, 2);
            return channels <= Biases.Length && reader.WeightBytes / 4 - channels <= Weights.Length;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Window.Read(reader, 0);
            Activation = (Activation)reader.Attribute(DepthwiseConv2D.ActivationAt);
            ActivationParameter = ActivationTraits.HasParameter(Activation) ? reader.AttributeFloat(DepthwiseConv2D.ActivationAt + 1) : 0f;
            int at = reader.WeightsAt;
            for (int i = 0; at >= 0 && i < ParameterCount; i++)
            {
                Set(i, reader.FloatAt(at + 4 * i));
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            Activation function = Activation;
            if (function != Activation.Linear)
            {
                ActivationFunction.Forward(Output, function, ActivationParameter, Outputs);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }

        /// <summary>z (places, channels) = the layer's sums for x.</summary>
        /// <param name="z">(places, channels). Receives the sums.</param>
        /// <param name="x">(height, width, channels).</param>
        public virtual void Sums(float[] z, float[] x)
        {
            Window window = Window;
            int to = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    window.Gather(x, row, column, Patch);
                    Place(z, to, window.Channels, window.Taps * window.Channels);
                    to += window.Channels;
                }
            }
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            int each = 1 + Window.Taps;
            for (int i = 0; i < count; i++)
            {
                int channel = (first + i) / each;
                int tap = (first + i) % each - 1;
                destination[i] = tap < 0 ? Biases[channel] : Weights[tap * Window.Channels + channel];
            }
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            for (int i = 0; i < count; i++)
            {
                if (source[i] - source[i] != 0f)
                {
                    throw new ArgumentException("Parameter " + (first + i) + " is not a finite number.", "source");
                }
            }

            for (int i = 0; i < count; i++)
            {
                Set(first + i, source[i]);
            }
        }

        /// <summary>Three taps to an expression, a channel at a time.</summary>
        private void Place(float[] z, int to, int channels, int end)
        {
            float[] x = Patch;
            float[] w = Weights;
            float[] biases = Biases;
            int two = channels + channels;
            int three = two + channels;
            int whole = end - end % three;
            int channel = channels;
            do
            {
                channel--;
                float sum = biases[channel];
                int i = channel;
                while (i < whole)
                {
                    sum = sum + w[i] * x[i] + w[i + channels] * x[i + channels] + w[i + two] * x[i + two];
                    i += three;
                }

                while (i < end)
                {
                    sum += w[i] * x[i];
                    i += channels;
                }

                z[to + channel] = sum;
            }
            while (channel != 0);
        }

        /// <summary>A bias of -0 becomes 0, so that taps beyond the edge change no bit.</summary>
        private void Set(int parameter, float value)
        {
            int each = 1 + Window.Taps;
            int channel = parameter / each;
            int tap = parameter % each - 1;
            if (tap < 0)
            {
                Biases[channel] = value + 0f;
            }
            else
            {
                Weights[tap * Window.Channels + channel] = value;
            }
        }
    }
}
