using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.TestKind
{
    /// <summary>A layer that multiplies each value by a weight of its own.</summary>
    public sealed class ChannelScaleLayer : Layer
    {
        /// <summary>(room) the weights.</summary>
        public readonly float[] Weights;

        /// <summary>A layer with room for so many values.</summary>
        public ChannelScaleLayer(int room)
        {
            Weights = new float[room];
        }

        /// <inheritdoc/>
        public override int Kind
        {
            get { return ChannelScale.ChannelScaleCode; }
        }

        /// <inheritdoc/>
        public override int ParameterCount
        {
            get { return Inputs; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return reader.InputLength <= Weights.Length;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            for (int i = 0; reader.WeightsAt >= 0 && i < Inputs; i++)
            {
                Weights[i] = reader.FloatAt(reader.WeightsAt + 4 * i);
            }
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Run(Output, Input);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Run(Output, Input);
        }

        /// <summary>y = x s.</summary>
        public void Run(float[] y, float[] x)
        {
            float[] weights = Weights;
            int count = Inputs;
            for (int i = 0; i < count; i++)
            {
                y[i] = x[i] * weights[i];
            }
        }

        /// <inheritdoc/>
        public override void CopyParameters(float[] destination, int first, int count)
        {
            CheckRange(first, count);
            Array.Copy(Weights, first, destination, 0, count);
        }

        /// <inheritdoc/>
        public override void SetParameters(float[] source, int first, int count)
        {
            CheckRange(first, count);
            Array.Copy(source, 0, Weights, first, count);
        }
    }
}
