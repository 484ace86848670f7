using System;
using Tiny.Convolution.Int8.Wide.Kernels;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>
    /// A convolution of each channel by itself with int8 weights; windows of three by three, one place apart and behind ReLU, in one walk.
    /// </summary>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8DepthwiseConv2DLayer : Int8DepthwiseConv2DLayer
    {
        private readonly bool square;

        /// <summary>A layer for the node at which the reader stands.</summary>
        public WideInt8DepthwiseConv2DLayer(BlobReader reader)
            : base(reader)
        {
            int[] w = Window;
            square = Table == null && w[ByteWindow.Height] == 3 && w[ByteWindow.Width] == 3 && w[ByteWindow.StrideDown] == 1
                && w[ByteWindow.StrideAcross] == 1 && w[ByteWindow.DilationDown] == 1 && w[ByteWindow.DilationAcross] == 1;
        }

        /// <inheritdoc/>
        protected override void TakeLargest(int rows, int columns, int groups, int across)
        {
            if (Pool == 2)
            {
                Squares.Two(Sums, rows, columns, groups, across);
            }
            else
            {
                base.TakeLargest(rows, columns, groups, across);
            }
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            int[] w = Window;
            if (!square || Pool != 1 || w[ByteWindow.OutputHeight] < 3)
            {
                base.Run(x);
                return;
            }

            // Digits of 0 are not written.
            Array.Clear(Bytes, 0, Outputs);
            x = Pad(x);
            int channels = w[ByteWindow.Channels];
            int pitch = w[ByteWindow.PaddedWidth] * channels;
            for (int channel = 0; channel < channels; channel++)
            {
                SquareProducts.Run(x, Weights, channel * 9, Bytes, channel, channels, pitch, w[ByteWindow.OutputWidth],
                    w[ByteWindow.OutputHeight], Starts[channel], Shifts[0]);
            }
        }
    }
}
