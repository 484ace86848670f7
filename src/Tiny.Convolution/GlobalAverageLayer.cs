using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>The mean of each channel over all places.</summary>
    /// <seealso cref="GlobalAverage"/>
    public class GlobalAverageLayer : Layer
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
        /// <param name="x">(places, channels).</param>
        /// <param name="z">(channels). Receives the means.</param>
        public virtual void Run(float[] x, float[] z)
        {
            // Four places a turn, from the first to the last in one accumulator.
            int at;
            float sum;
            int channels = Outputs;
            int two = 2 * channels;
            int three = 3 * channels;
            int four = 4 * channels;
            int end = Inputs;
            int whole = end - three;
            float factor = Factor;
            for (int channel = 0; channel < channels; channel++)
            {
                sum = 0f;
                at = channel;
                while (at < whole)
                {
                    sum = sum + x[at] + x[at + channels] + x[at + two] + x[at + three];
                    at += four;
                }

                while (at < end)
                {
                    sum += x[at];
                    at += channels;
                }

                z[channel] = sum * factor;
            }
        }
    }
}
