using System;
using Tiny.Core;
using Tiny.Core.Blobs;
using Tiny.Core.Layers;

namespace Tiny.Convolution.Streaming
{
    /// <summary>The latest rows of a signal, in a buffer of the plan that no other layer writes.</summary>
    /// <remarks>
    /// Rows move up by one native copy instead of going round: a layer behind finds them in order, so it needs no other kernel than over a
    /// window. Moving 750 floats costs the device 3,000
    /// instructions, and summing them sixty times as many.
    /// </remarks>
    /// <seealso cref="Ring"/>
    public sealed class RingLayer : Layer
    {
        /// <inheritdoc/>
        public override int Kind
        {
            get { return Ring.RingCode; }
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
            Reset();
        }

        /// <inheritdoc/>
        public override int Reset()
        {
            Array.Clear(Output, 0, Outputs);
            return Outputs - Inputs;
        }

        /// <inheritdoc/>
        public override void Forward()
        {
            float[] rows = Output;
            int count = Inputs;
            int kept = Outputs - count;
            Array.Copy(rows, count, rows, 0, kept);
            Array.Copy(Input, 0, rows, kept, count);
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling scaling)
        {
            scaling.Normalize(Input, sample);
            Forward();
        }
    }
}
