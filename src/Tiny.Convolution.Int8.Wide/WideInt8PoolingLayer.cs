using System;
using Tiny.Core.Blobs;

namespace Tiny.Convolution.Int8.Wide
{
    /// <summary>Pooling of eight channels in a long. Fewer than eight are taken one by one.</summary>
    /// <remarks>
    /// Eight bytes become a long in one native call, which costs less than three loads; where
    /// channels are left over, the last eight are computed.
    /// </remarks>
    /// <seealso cref="WideInt8Convolutions"/>
    public sealed class WideInt8PoolingLayer : Int8PoolingLayer
    {
        private const int Group = 8;
        private const long Even = 0x00FF00FF00FF00FFL; // every second byte
        private const long Low = 0x7F7F7F7F7F7F7F7FL;  // all bits of a byte but the highest
        private const long Ones = 0x0101010101010101L;
        private const int MostTaps = 257;              // whose bytes add up to 16 bits

        /// <summary>A layer for the node at which the reader stands.</summary>
        public WideInt8PoolingLayer(BlobReader reader)
            : base(reader)
        {
        }

        /// <inheritdoc/>
        protected override void Run(byte[] x)
        {
            int[] w = Window;
            bool squares = w[ByteWindow.Height] == 2 && w[ByteWindow.Width] == 2 && w[ByteWindow.StrideAcross] == 2
                && w[ByteWindow.DilationDown] == 1 && w[ByteWindow.DilationAcross] == 1;
            if (Kind != Int8Pooling.MaxCode || !squares || ByteWindow.IsPadded(w) || w[ByteWindow.Channels] < Group)
            {
                base.Run(x);
                return;
            }

            int channels = w[ByteWindow.Channels];
            int pitch = w[ByteWindow.InputWidth] * channels;
            for (int row = 0; row < w[ByteWindow.OutputHeight]; row++)
            {
                for (int channel = 0; channel < channels; channel += Group)
                {
                    channel = channel + Group <= channels ? channel : channels - Group;
                    Squares(x, row * w[ByteWindow.StrideDown] * pitch + channel, Bytes,
                        row * w[ByteWindow.OutputWidth] * channels + channel, w[ByteWindow.OutputWidth], channels, pitch);
                }
            }
        }

        /// <summary>Eight channels of a row of squares of two by two.</summary>
        private static void Squares(byte[] x, int at, byte[] z, int to, int columns, int channels, int pitch)
        {
            long low = Low;
            long high = ~Low;
            long ones = Ones;
            long all = 255L;
            int two = 2 * channels;
            int beside = pitch + channels;
            do
            {
                long a = BitConverter.ToInt64(x, at);
                long b = BitConverter.ToInt64(x, at + channels);
                long c = a ^ b;
                a = b ^ (c & (((((a & c) | (~c & ((a | high) - (b & low)))) >> 7) & ones) * all));
                b = BitConverter.ToInt64(x, at + pitch);
                c = a ^ b;
                a = b ^ (c & (((((a & c) | (~c & ((a | high) - (b & low)))) >> 7) & ones) * all));
                b = BitConverter.ToInt64(x, at + beside);
                c = a ^ b;
                a = b ^ (c & (((((a & c) | (~c & ((a | high) - (b & low)))) >> 7) & ones) * all));
                z[to] = (byte)a;
                z[to + 1] = (byte)(a >> 8);
                z[to + 2] = (byte)(a >> 16);
                z[to + 3] = (byte)(a >> 24);
                z[to + 4] = (byte)(a >> 32);
                z[to + 5] = (byte)(a >> 40);
                z[to + 6] = (byte)(a >> 48);
                z[to + 7] = (byte)(a >> 56);
                to += channels;
                at += two;
                columns--;
            }
            while (columns != 0);
        }

        /// <inheritdoc/>
        protected override void Place(byte[] x, int at, int to, int down, int across, int[] w, bool max)
        {
            int channels = w[ByteWindow.Channels];
            if (channels < Group || down * across > MostTaps)
            {
                base.Place(x, at, to, down, across, w, max);
                return;
            }

            int step = w[ByteWindow.DilationAcross] * channels;
            int skip = w[ByteWindow.DilationDown] * w[ByteWindow.InputWidth] * channels - across * step;
            for (int channel = 0; channel < channels; channel += Group)
            {
                channel = channel + Group <= channels ? channel : channels - Group;
                if (max)
                {
                    Largest(x, at + channel, Bytes, to + channel, down, across, step, skip);
                }
                else
                {
                    Mean(x, at + channel, Bytes, to + channel, down, across, step, skip);
                }
            }
        }

        /// <summary>The largest of each of eight bytes under the window.</summary>
        private static void Largest(byte[] x, int at, byte[] z, int to, int down, int across, int step, int skip)
        {
            long low = Low;
            long high = ~Low;
            long ones = Ones;
            long all = 255L;
            long a = 0L;
            do
            {
                int beside = across;
                do
                {
                    // The highest bit of each byte of d says that the other bits of a are not less than those of
                    // b; what is kept of it, that a is not less.
                    long b = BitConverter.ToInt64(x, at);
                    long d = (a | high) - (b & low);
                    d = (((a & ~b) | (~(a ^ b) & d)) >> 7) & ones;
                    a = b ^ ((a ^ b) & (d * all));
                    at += step;
                    beside--;
                }
                while (beside != 0);
                at += skip;
                down--;
            }
            while (down != 0);
            Give(z, to, a);
        }

        /// <summary>The mean of each of eight bytes under the window, rounded half up: sums of every second byte fit into two.</summary>
        private static void Mean(byte[] x, int at, byte[] z, int to, int down, int across, int step, int skip)
        {
            int taps = down * across;
            long mask = Even;
            long even = 0L;
            long odd = 0L;
            do
            {
                int beside = across;
                do
                {
                    long b = BitConverter.ToInt64(x, at);
                    even += b & mask;
                    odd += (b >> 8) & mask;
                    at += step;
                    beside--;
                }
                while (beside != 0);
                at += skip;
                down--;
            }
            while (down != 0);
            for (int end = to + Group; to < end; to += 2)
            {
                z[to] = (byte)((2 * ((int)even & 0xFFFF) + taps) / (2 * taps));
                z[to + 1] = (byte)((2 * ((int)odd & 0xFFFF) + taps) / (2 * taps));
                even >>= 16;
                odd >>= 16;
            }
        }

        private static void Give(byte[] z, int to, long digits)
        {
            z[to] = (byte)digits;
            z[to + 1] = (byte)(digits >> 8);
            z[to + 2] = (byte)(digits >> 16);
            z[to + 3] = (byte)(digits >> 24);
            z[to + 4] = (byte)(digits >> 32);
            z[to + 5] = (byte)(digits >> 40);
            z[to + 6] = (byte)(digits >> 48);
            z[to + 7] = (byte)(digits >> 56);
        }
    }
}
