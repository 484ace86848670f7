using System;
using Tiny.Core;
using Tiny.Core.Activations;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>
    /// A convolution with float32 weights: at each place the values under the window are gathered, and pass through a dense layer of as
    /// many rows as there are filters. So it has the kernels of dense layers, small or wide, and their order of summation.
    /// </summary>
    /// <remarks>
    /// Biases of -0 become 0 when they are read. Then no sum on its way is -0, adding the 0 of a tap
    /// beyond the edge changes no bit, and padding needs no branch in the kernel.
    /// Costs on a Cortex-M4F: see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Conv2D"/>
    public class Conv2DLayer : Layer
    {
        /// <summary>The filters: a dense layer whose inputs are the values under the window.</summary>
        public readonly DenseLayer Filters;

        /// <summary>How the window walks.</summary>
        public readonly Window Window = new Window();

        /// <summary>(taps * channels) the values under the window.</summary>
        public readonly float[] Patch;

        private readonly float[] sums; // (filters, made even) of a place

        /// <summary>A layer with room for so many filters of so many values each.</summary>
        /// <param name="filters">Filters, 1 or more.</param>
        /// <param name="patch">Values under the window: taps * channels.</param>
        public Conv2DLayer(int filters, int patch)
        {
            Filters = ((Dense)LayerKinds.Find(Dense.DenseCode)).NewLayer(filters, patch);
            Patch = new float[(patch + 1) & ~1];
            sums = new float[Filters.Biases.Length];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return Conv2D.Conv2DCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Filters.ParameterCount; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            Dense.Prepare((Activation)reader.Attribute(Conv2D.ActivationAt));
            int patch = reader.WeightBytes / (4 * reader.AttributeUInt16(0)) - 1;
            return reader.AttributeUInt16(0) <= Filters.Biases.Length && patch <= Filters.InputCapacity;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Window.Read(reader, Conv2D.WindowAt);
            DenseLayer filters = Filters;
            filters.Inputs = Window.Taps * Window.Channels;
            filters.Rows = reader.AttributeUInt16(0);
            filters.Outputs = filters.Rows;
            filters.Activation = (Activation)reader.Attribute(Conv2D.ActivationAt);
            filters.ActivationParameter = ActivationTraits.HasParameter(filters.Activation)
                ? reader.AttributeFloat(Conv2D.ActivationAt + 1) : 0f;
            filters.ClearSpareRow();
            if (reader.WeightsAt >= 0)
            {
                ReadWeights(reader, reader.WeightsAt);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Sums(Output, Input);
            Activation function = Filters.Activation;
            if (function != Activation.Relu && function != Activation.Linear)
            {
                ActivationFunction.Forward(Output, function, Filters.ActivationParameter, Outputs);
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }

        /// <summary>z (places, filters) = the layer's sums for x; its outputs already where the activation is ReLU.</summary>
        /// <param name="z">(places, filters). Receives the sums.</param>
        /// <param name="x">(height, width, channels).</param>
        public virtual void Sums(float[] z, float[] x)
        {
            Window window = Window;
            DenseLayer filters = Filters;
            float[] patch = Patch;
            float[] place = sums;
            int rows = filters.Rows;
            int to = 0;
            for (int row = 0; row < window.OutputHeight; row++)
            {
                for (int column = 0; column < window.OutputWidth; column++)
                {
                    window.Gather(x, row, column, patch);
                    filters.Sums(place, patch);
                    Array.Copy(place, 0, z, to, rows);
                    to += rows;
                }
            }
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            Filters.CopyParameters(destination, first, count);
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            Filters.SetParameters(source, first, count);
            ClearSigns();
        }

        private void ReadWeights(BlobReader reader, int at)
        {
            // The patch is room for some of them on their way: before a prediction nothing of it counts.
            int all = ParameterCount;
            float[] some = Patch;
            for (int first = 0; first < all; first += some.Length)
            {
                int count = all - first < some.Length ? all - first : some.Length;
                for (int i = 0; i < count; i++)
                {
                    some[i] = reader.FloatAt(at);
                    at += 4;
                }

                Filters.SetParameters(some, first, count);
            }

            ClearSigns();
        }

        private void ClearSigns()
        {
            float[] biases = Filters.Biases;
            for (int i = 0; i < biases.Length; i++)
            {
                biases[i] += 0f;
            }
        }
    }
}
