using System;
using Tiny.Convolution.Int8;
using Tiny.Core;
using Tiny.Core.Blobs;

namespace Tiny.Native.Int8
{
    /// <summary>A layer of bytes by the firmware's C, which makes the levels of a sample too.</summary>
    /// <seealso cref="NativeInt8"/>
    public abstract class NativeByteLayer : ByteLayer
    {
        private readonly byte[] levels; // (inputs) where the network has no buffer for all of them; else null

        /// <summary>A layer for the node at which the reader stands.</summary>
        protected NativeByteLayer(BlobReader reader)
            : base(reader)
        {
            int buffer = reader.Attribute(ByteKind.LevelsAt);
            if (reader.Input == BlobFormat.Sample && (buffer == ByteKind.None || reader.BufferLength(buffer) < Inputs))
            {
                levels = new byte[Inputs];
            }
        }

        /// <inheritdoc/>
        public override void Enter(float[] sample, Scaling ignored)
        {
            byte[] taken = levels ?? Source;
            if (Int8Kernels.Levels(sample, taken, LevelScaling, LevelScaling.Length == 2 ? 0 : 1, Inputs) >= 0)
            {
                throw new ArgumentException("An input is not a number.", "inputs");
            }

            Run(taken);
        }
    }
}
