using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>The mean of each channel over all places.</summary>
    public sealed class GlobalAverageLayer : Layer
    {
        /// <summary>One over the number of places: rounded once, where the model is loaded.</summary>
        public float Factor;

        /// <inheritdoc/>
        public override int Kind
        {
            get { return GlobalAverage.GlobalAverageCode; }
        }

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return true;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Factor = 1f / (Inputs / Outputs);
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            Run(Input, Output);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Run(Input, Output);
        }

        /// <summary>z (channels) = the mean of x (places, channels).</summary>
        public void Run(float[] x, float[] z)
        {
            int channels = Outputs;
            int end = Inputs;
            float factor = Factor;
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0f;
                for (int at = channel; at < end; at += channels)
                {
                    sum += x[at];
                }

                z[channel] = sum * factor;
            }
        }
    }
}
