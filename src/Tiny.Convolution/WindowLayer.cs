using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution
{
    /// <summary>A layer without weights of whose window each channel gives one value.</summary>
    /// <seealso cref="MaxPooling"/>
    public abstract class WindowLayer : Layer
    {
        /// <summary>How the window walks.</summary>
        public readonly Window Window = new Window();

        /// <inheritdoc/>
        public override bool HasRoomFor(BlobReader reader)
        {
            return true;
        }

        /// <inheritdoc/>
        public override void Read(BlobReader reader, object[] buffers)
        {
            base.Read(reader, buffers);
            Window.Read(reader, 0);
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

        /// <summary>z (places, channels) = what the layer gives for x (InputHeight, InputWidth, channels).</summary>
        /// <param name="x">(height, width, channels).</param>
        /// <param name="z">(places, channels). Receives the values.</param>
        public abstract void Run(float[] x, float[] z);
    }
}
