using System;
using Tiny.Convolution.Int8.Kernels;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8
{
    /// <summary>
    /// A convolution of each channel by itself with int8 weights: three rows of places in the lanes of a long, for one weight each.
    /// </summary>
    /// <remarks>
    /// Where rows are left over, the last three are computed; of fewer than three rows, lanes are computed twice. Costs on a Cortex-M4F:
    /// see tests/Tiny.Benchmarks/DEVICE.md.
    /// </remarks>
    /// <seealso cref="Int8Convolutions"/>
    public class Int8DepthwiseConv2DLayer : FilterLayer
    {
        private const int Chunk = 3;

        /// <summary>(channels * slots) the weights of each channel; slots are its taps, made a multiple of three.</summary>
        public readonly sbyte[] Weights;

        private readonly int[] offsets; // (slots) of each tap from the window's first

        /// <summary>A layer for the node at which the reader stands.</summary>
        public Int8DepthwiseConv2DLayer(BlobReader reader)
            : base(reader, Int8DepthwiseConv2D.WindowAt)
        {
            int[] w = Window;
            int taps = w[ByteWindow.Height] * w[ByteWindow.Width];
            offsets = new int[(taps + Chunk - 1) / Chunk * Chunk];
            for (int tap = 0; tap < taps; tap++)
            {
                offsets[tap] = (tap / w[ByteWindow.Width] * w[ByteWindow.DilationDown] * w[ByteWindow.PaddedWidth]
                    + tap % w[ByteWindow.Width] * w[ByteWindow.DilationAcross]) * w[ByteWindow.Channels];
            }

            Weights = new sbyte[w[ByteWindow.Channels] * offsets.Length];
            Starts = new long[w[ByteWindow.Channels]];
            Sums = new long[w[ByteWindow.OutputWidth] * Pool];
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            x = Pad(x);
            int[] w = Window;
            int height = w[ByteWindow.OutputHeight] / Pool;
            int width = w[ByteWindow.OutputWidth] / Pool;
            for (int row = 0; row < height; row += 3)
            {
                int first = row + 3 <= height || height < 3 ? row : height - 3;
                int second = first + 1 < height ? first + 1 : first;
                int third = second + 1 < height ? second + 1 : second;
                Rows(x, first, second - first, third - first, width);
            }
        }

        /// <summary>All channels of three rows.</summary>
        /// <param name="x">(padded height, padded width, channels) bytes, what is read.</param>
        /// <param name="first">The row that is given by the first lane.</param>
        /// <param name="second">From there to that of the second.</param>
        /// <param name="third">From there to that of the third.</param>
        /// <param name="width">Places of a row that is given.</param>
        protected virtual void Rows(byte[] x, int first, int second, int third, int width)
        {
            int[] w = Window;
            int channels = w[ByteWindow.Channels];
            int down = w[ByteWindow.StrideDown] * w[ByteWindow.PaddedWidth] * channels;
            int from = first * Pool * down;
            int pitch = width * channels;
            byte[] z = Bytes;
            for (int channel = 0; channel < channels; channel++)
            {
                Sum(x, channel, from + channel, second * Pool * down, third * Pool * down, down);
                if (Pool > 1)
                {
                    TakeLargest(1, width, 1, w[ByteWindow.OutputWidth]);
                }

                Digits(width, 0, channel);
                long[] sums = Sums;
                int a = first * pitch + channel;
                int b = a + second * pitch;
                int c = a + third * pitch;
                for (int i = 0; i < width; i++)
                {
                    long digits = sums[i];
                    z[a] = (byte)digits;
                    z[b] = (byte)(digits >> 21);
                    z[c] = (byte)(digits >> Top);
                    a += channels;
                    b += channels;
                    c += channels;
                }
            }
        }

        /// <summary>The sums of one channel in three rows, or three times as many as are pooled.</summary>
        private void Sum(byte[] x, int channel, int at, int second, int third, int down)
        {
            int[] w = Window;
            int step = w[ByteWindow.StrideAcross] * w[ByteWindow.Channels];
            int all = Pool * w[ByteWindow.OutputWidth];
            long[] sums = Sums;
            sums[0] = Starts[channel] * Ones;
            for (int filled = 1; filled < all; filled += filled)
            {
                Array.Copy(sums, 0, sums, filled, filled < all - filled ? filled : all - filled);
            }

            for (int chunk = 0; chunk < offsets.Length; chunk += Chunk)
            {
                ChannelProducts.Run(x, offsets, chunk, Weights, channel * offsets.Length + chunk, sums, at, at + second, at + third,
                    w[ByteWindow.OutputWidth], Pool, step, down - w[ByteWindow.OutputWidth] * step);
            }
        }

        /// <inheritdoc/>
        protected override void ReadWeights(BlobReader reader, int biasesAt, int at)
        {
            int taps = Window[ByteWindow.Height] * Window[ByteWindow.Width];
            for (int channel = 0; channel < Starts.Length; channel++)
            {
                int sum = 0;
                for (int tap = 0; tap < taps; tap++)
                {
                    sbyte weight = (sbyte)reader.ByteAt(at);
                    sum += weight;
                    Weights[channel * offsets.Length + tap] = weight;
                    at++;
                }

                Starts[channel] = StartOf(reader.Int32At(biasesAt + 4 * channel), sum);
            }
        }
    }
}
