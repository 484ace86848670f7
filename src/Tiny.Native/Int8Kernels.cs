// Over 300 lines: one plain loop for each kernel in C, side by side.
namespace Tiny.Native
{
    /// <summary>
    /// What the kernels in C over bytes and int8 weights compute, on the desk: whole numbers, so the same. See Int8Kernels.Device.cs.
    /// </summary>
    /// <remarks>Instructions of a call on a board: see src/Tiny.Native/COUNTS.md.</remarks>
    /// <example>
    /// <code>
    /// int[] sums = { 120, -40, 7 };
    /// float[] scales = { 0.5f, 0.5f, 0.25f };
    /// Int8Kernels.ToFloats(sums, scales, outputs, 3);            // 60, -20 and 1.75
    /// </code>
    /// </example>
    public static class Int8Kernels
    {
        private const int LargestDigit = 127;
        private const int Second = 21;
        private const int Third = 43;

        // Where numbers of a window stand: as ByteWindow has them.
        private const int Height = 0;
        private const int Width = 1;
        private const int StrideDown = 2;
        private const int StrideAcross = 3;
        private const int Above = 4;
        private const int Left = 5;
        private const int DilationDown = 8;
        private const int DilationAcross = 9;
        private const int InputHeight = 10;
        private const int InputWidth = 11;
        private const int Channels = 12;
        private const int OutputHeight = 14;
        private const int OutputWidth = 15;

        /// <summary>levels[i] = x[i] * scale + offset cut toward 0, plus 256, held within 0 to 255.</summary>
        /// <param name="x">(count), in the user's units.</param>
        /// <param name="levels">(count) bytes. Receives the levels.</param>
        /// <param name="scaling">(2), or (2 * count) with a pair each: scale and offset.</param>
        /// <param name="each">Not 0 where each value has a pair of its own.</param>
        /// <param name="count">Inputs, 1 or more.</param>
        /// <returns>-1, or the first value that is not a number.</returns>
        public static int Levels(float[] x, byte[] levels, float[] scaling, int each, int count)
        {
            for (int i = 0; i < count; i++)
            {
                int k = each != 0 ? 2 * i : 0;
                if (!IsLevel(x[i] * scaling[k] + scaling[k + 1], levels, i))
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Makes a level of a number; false if it is not a number.</summary>
        internal static bool IsLevel(float number, byte[] levels, int at)
        {
            if (number < -1f)
            {
                levels[at] = number <= -256f ? (byte)0 : (byte)((int)number + 256);
            }
            else if (-1f <= number)
            {
                levels[at] = 255;
            }
            else
            {
                return false;
            }

            return true;
        }

        /// <summary>starts[u] = bias[u] - zero * sum of weights[u].</summary>
        /// <param name="blob">The bytes of the model.</param>
        /// <param name="biasesAt">Where the biases begin: (rows), 4 bytes each.</param>
        /// <param name="weightsAt">Where the weights begin: (rows, inputs), one byte each.</param>
        /// <param name="starts">(rows). Receives them.</param>
        /// <param name="inputs">Inputs of a row.</param>
        /// <param name="rows">Rows.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        public static void RowStarts(byte[] blob, int biasesAt, int weightsAt, int[] starts, int inputs, int rows, int zero)
        {
            for (int row = 0; row < rows; row++)
            {
                int sum = 0;
                for (int i = 0; i < inputs; i++)
                {
                    sum += (sbyte)blob[weightsAt + row * inputs + i];
                }

                int at = biasesAt + 4 * row;
                starts[row] = (blob[at] | blob[at + 1] << 8 | blob[at + 2] << 16 | blob[at + 3] << 24) - zero * sum;
            }
        }

        /// <summary>sums[u] = starts[u] + sum of weights[u, i] * x[i].</summary>
        /// <param name="x">(inputs) bytes.</param>
        /// <param name="blob">The bytes of the model.</param>
        /// <param name="weightsAt">Where the weights begin: (rows, inputs), one byte each.</param>
        /// <param name="starts">(rows), as <see cref="RowStarts"/> gives them.</param>
        /// <param name="sums">(rows). Receives the sums.</param>
        /// <param name="inputs">Inputs of a row.</param>
        /// <param name="rows">Rows.</param>
        public static void Sums(byte[] x, byte[] blob, int weightsAt, int[] starts, int[] sums, int inputs, int rows)
        {
            for (int row = 0; row < rows; row++)
            {
                sums[row] = Row(x, blob, weightsAt + row * inputs, inputs, starts[row]);
            }
        }

        /// <summary>Digits, three to a long, to bytes with 128 added.</summary>
        /// <param name="digits">((count + 2) / 3).</param>
        /// <param name="bytes">(count, made a multiple of 3) bytes or more. Receives them.</param>
        /// <param name="count">Digits.</param>
        public static void Unpack(long[] digits, byte[] bytes, int count)
        {
            for (int i = 0; i < count; i += 3)
            {
                long three = unchecked(digits[i / 3] + (128L | 128L << Second | 128L << Third));
                bytes[i] = (byte)three;
                bytes[i + 1] = (byte)(three >> Second);
                bytes[i + 2] = (byte)(three >> Third);
            }
        }

        /// <summary>Sums to digits, three to a long: of ReLU shifted and held, else looked up.</summary>
        /// <param name="sums">(rows, made a multiple of 3).</param>
        /// <param name="digits">((rows + 2) / 3). Receives them.</param>
        /// <param name="rows">Rows.</param>
        /// <param name="relu">1 if the activation is ReLU, else 0.</param>
        /// <param name="shifts">(rows), or (1) for ReLU.</param>
        /// <param name="table">(256), the digit of each shifted sum from -128; null for ReLU.</param>
        public static void Pack(int[] sums, long[] digits, int rows, int relu, byte[] shifts, sbyte[] table)
        {
            for (int row = 0; row < rows; row += 3)
            {
                long three = 0L;
                for (int lane = 0; lane < 3 && row + lane < rows; lane++)
                {
                    three += (long)Digit(sums[row + lane], row + lane, relu, shifts, table) << (lane == 0 ? 0 : lane == 1 ? Second : Third);
                }

                digits[row / 3] = three;
            }
        }

        /// <summary>z[u] = sums[u] * scales[u].</summary>
        /// <param name="sums">(rows).</param>
        /// <param name="scales">(rows).</param>
        /// <param name="z">(rows). Receives the values.</param>
        /// <param name="rows">Rows.</param>
        public static void ToFloats(int[] sums, float[] scales, float[] z, int rows)
        {
            for (int row = 0; row < rows; row++)
            {
                z[row] = sums[row] * scales[row];
            }
        }

        /// <summary>A convolution of bytes.</summary>
        /// <param name="x">(height, width, channels) bytes.</param>
        /// <param name="blob">The bytes of the model.</param>
        /// <param name="weightsAt">Where the weights begin: (filters, taps * channels), one byte each.</param>
        /// <param name="starts">(filters), as <see cref="RowStarts"/> gives them.</param>
        /// <param name="z">(height, width, filters) bytes. Receives the digits, 128 added unless the activation is ReLU.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        /// <param name="filters">Filters.</param>
        /// <param name="pool">Each digit given is the largest of a square of so many by so many.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        /// <param name="relu">1 if the activation is ReLU, else 0.</param>
        /// <param name="shifts">(filters), or (1) for ReLU.</param>
        /// <param name="table">(256), the digit of each shifted sum from -128; null for ReLU.</param>
        /// <param name="patch">(taps * channels) bytes. It is overwritten.</param>
        public static void Convolve(
            byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int filters, int pool, int zero, int relu,
            byte[] shifts, sbyte[] table, byte[] patch)
        {
            int each = window[Height] * window[Width] * window[Channels];
            int columns = window[OutputWidth] / pool;
            System.Array.Clear(z, 0, window[OutputHeight] / pool * columns * filters);
            for (int row = 0; row < window[OutputHeight] / pool * pool; row++)
            {
                for (int column = 0; column < columns * pool; column++)
                {
                    Gather(x, window, row, column, zero, patch);
                    int to = (row / pool * columns + column / pool) * filters;
                    for (int filter = 0; filter < filters; filter++)
                    {
                        int sum = Row(patch, blob, weightsAt + filter * each, each, starts[filter]);
                        Give(z, to + filter, sum, filter, relu, shifts, table);
                    }
                }
            }
        }

        /// <summary>A convolution of each channel by itself.</summary>
        /// <param name="x">(height, width, channels) bytes.</param>
        /// <param name="blob">The bytes of the model.</param>
        /// <param name="weightsAt">Where the weights begin: (channels, taps), one byte each.</param>
        /// <param name="starts">(channels), as <see cref="RowStarts"/> gives them.</param>
        /// <param name="z">(height, width, channels) bytes. Receives the digits, 128 added unless the activation is ReLU.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        /// <param name="pool">Each digit given is the largest of a square of so many by so many.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        /// <param name="relu">1 if the activation is ReLU, else 0.</param>
        /// <param name="shifts">(channels), or (1) for ReLU.</param>
        /// <param name="table">(256), the digit of each shifted sum from -128; null for ReLU.</param>
        public static void Depthwise(
            byte[] x, byte[] blob, int weightsAt, int[] starts, byte[] z, int[] window, int pool, int zero, int relu, byte[] shifts,
            sbyte[] table)
        {
            int channels = window[Channels];
            int taps = window[Height] * window[Width];
            int columns = window[OutputWidth] / pool;
            byte[] patch = new byte[taps * channels];
            System.Array.Clear(z, 0, window[OutputHeight] / pool * columns * channels);
            for (int row = 0; row < window[OutputHeight] / pool * pool; row++)
            {
                for (int column = 0; column < columns * pool; column++)
                {
                    Gather(x, window, row, column, zero, patch);
                    int to = (row / pool * columns + column / pool) * channels;
                    for (int channel = 0; channel < channels; channel++)
                    {
                        int sum = starts[channel];
                        for (int tap = 0; tap < taps; tap++)
                        {
                            sum += (sbyte)blob[weightsAt + channel * taps + tap] * patch[tap * channels + channel];
                        }

                        Give(z, to + channel, sum, channel, relu, shifts, table);
                    }
                }
            }
        }

        /// <summary>The largest byte under the window, or the rounded mean, of each channel.</summary>
        /// <param name="x">(height, width, channels) bytes.</param>
        /// <param name="z">(height, width, channels) bytes. Receives what is given.</param>
        /// <param name="window">(16), the window as ByteWindow of Tiny.Convolution.Int8 has it.</param>
        /// <param name="largest">Not 0 for the largest, 0 for the mean.</param>
        public static void Pool(byte[] x, byte[] z, int[] window, int largest)
        {
            int channels = window[Channels];
            int to = 0;
            for (int row = 0; row < window[OutputHeight]; row++)
            {
                for (int column = 0; column < window[OutputWidth]; column++)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        z[to++] = Pooled(x, window, row, column, channel, largest);
                    }
                }
            }
        }

        /// <summary>Sums of each channel over all places as digits, three to a long.</summary>
        /// <param name="x">(places, channels) bytes.</param>
        /// <param name="digits">((channels + 2) / 3). Receives the digits.</param>
        /// <param name="places">Places.</param>
        /// <param name="channels">Channels.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        /// <param name="factor">What a sum is multiplied by, in units of 2^-24.</param>
        public static void MeanDigits(byte[] x, long[] digits, int places, int channels, int zero, int factor)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                long digit = ((long)ChannelSum(x, places, channels, channel, zero) * factor + (1L << 23)) >> 24;
                digit = digit > LargestDigit ? LargestDigit : digit < -LargestDigit ? -LargestDigit : digit;
                int lane = channel % 3;
                digits[channel / 3] = (lane == 0 ? 0L : digits[channel / 3]) + (digit << (lane == 0 ? 0 : lane == 1 ? Second : Third));
            }
        }

        /// <summary>Sums of each channel over all places as floats.</summary>
        /// <param name="x">(places, channels) bytes.</param>
        /// <param name="z">(channels). Receives the values.</param>
        /// <param name="places">Places.</param>
        /// <param name="channels">Channels.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        /// <param name="scale">What a sum is multiplied by.</param>
        public static void MeanFloats(byte[] x, float[] z, int places, int channels, int zero, float scale)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                z[channel] = ChannelSum(x, places, channels, channel, zero) * scale;
            }
        }

        /// <summary>Bytes less zero as digits, three to a long.</summary>
        /// <param name="x">(3 * longs) bytes or more.</param>
        /// <param name="digits">(longs). Receives them.</param>
        /// <param name="longs">How many longs.</param>
        /// <param name="zero">The byte that counts as 0.</param>
        public static void PackBytes(byte[] x, long[] digits, int longs, int zero)
        {
            for (int i = 0; i < longs; i++)
            {
                digits[i] = x[3 * i] - zero + ((long)(x[3 * i + 1] - zero) << Second) + ((long)(x[3 * i + 2] - zero) << Third);
            }
        }

        private static int Row(byte[] x, byte[] blob, int at, int count, int sum)
        {
            for (int i = 0; i < count; i++)
            {
                sum += (sbyte)blob[at + i] * x[i];
            }

            return sum;
        }

        private static int Digit(int sum, int row, int relu, byte[] shifts, sbyte[] table)
        {
            int step = sum >> shifts[relu != 0 ? 0 : row];
            if (relu != 0)
            {
                return step < 0 ? 0 : step > LargestDigit ? LargestDigit : step;
            }

            return table[(step < -128 ? -128 : step > LargestDigit ? LargestDigit : step) + 128];
        }

        /// <summary>
        /// The larger of what stands there and a new sum's byte: larger sums give larger bytes, and of one place alone what stands there is
        /// 0.
        /// </summary>
        private static void Give(byte[] z, int at, int sum, int filter, int relu, byte[] shifts, sbyte[] table)
        {
            byte value = (byte)(Digit(sum, filter, relu, shifts, table) + (relu != 0 ? 0 : 128));
            z[at] = value > z[at] ? value : z[at];
        }

        private static void Gather(byte[] x, int[] window, int row, int column, int zero, byte[] patch)
        {
            int channels = window[Channels];
            int to = 0;
            for (int tap = 0; tap < window[Height] * window[Width]; tap++)
            {
                int y = row * window[StrideDown] - window[Above] + tap / window[Width] * window[DilationDown];
                int at = column * window[StrideAcross] - window[Left] + tap % window[Width] * window[DilationAcross];
                bool inside = y >= 0 && y < window[InputHeight] && at >= 0 && at < window[InputWidth];
                for (int channel = 0; channel < channels; channel++)
                {
                    patch[to++] = inside ? x[(y * window[InputWidth] + at) * channels + channel] : (byte)zero;
                }
            }
        }

        private static byte Pooled(byte[] x, int[] window, int row, int column, int channel, int largest)
        {
            int best = 0;
            int sum = 0;
            int taps = 0;
            for (int tap = 0; tap < window[Height] * window[Width]; tap++)
            {
                int y = row * window[StrideDown] - window[Above] + tap / window[Width] * window[DilationDown];
                int at = column * window[StrideAcross] - window[Left] + tap % window[Width] * window[DilationAcross];
                if (y >= 0 && y < window[InputHeight] && at >= 0 && at < window[InputWidth])
                {
                    int value = x[(y * window[InputWidth] + at) * window[Channels] + channel];
                    best = value > best ? value : best;
                    sum += value;
                    taps++;
                }
            }

            return (byte)(largest != 0 ? best : (2 * sum + taps) / (2 * taps));
        }

        private static int ChannelSum(byte[] x, int places, int channels, int channel, int zero)
        {
            int sum = -zero * places;
            for (int place = 0; place < places; place++)
            {
                sum += x[place * channels + channel];
            }

            return sum;
        }
    }
}
