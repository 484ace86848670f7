using System;

namespace Tiny.Features
{
    /// <summary>
    /// A line of what a device sends to <c>tiny capture</c>, written into a buffer that is its own: <c>$12,240,-776,1536,16384*5A</c>
    /// and a line feed. The sample's number, the milliseconds since some start, a value for each channel, and a checksum: the exclusive
    /// or of the bytes between $ and *, as two hexadecimal digits. Making a line allocates nothing.
    /// </summary>
    /// <example>
    /// <code>
    /// SampleLine line = new SampleLine(2);
    /// line.Begin(12, 240);                                       // sample 12, taken 240 ms after the start
    /// line.Add(-776);
    /// line.Add(1536);
    /// line.End();                                                // Length bytes of Buffer go to the serial port
    /// </code>
    /// </example>
    public sealed class SampleLine
    {
        private const int MostDigits = 12; // of a number, with its sign and comma

        private readonly int channels;
        private int added;

        /// <summary>A line for samples of so many channels.</summary>
        /// <param name="channels">From 1 to <see cref="Signal.MaxChannels"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">There are too few channels, or too many.</exception>
        public SampleLine(int channels)
        {
            if (channels < 1 || channels > Signal.MaxChannels)
            {
                throw new ArgumentOutOfRangeException("channels", "channels must be from 1 to " + Signal.MaxChannels + ".");
            }

            this.channels = channels;
            Buffer = new byte[MostDigits * (channels + 2) + 5];
        }

        /// <summary>The bytes to send: the first <see cref="Length"/> of them.</summary>
        public byte[] Buffer { get; }

        /// <summary>Bytes of the line.</summary>
        public int Length { get; private set; }

        /// <summary>
        /// The line to send first, and now and then again, so that whoever listens knows what comes:
        /// <c>#tiny 1 50 x:g,y:g*7C</c>, rate and channels with their units.
        /// </summary>
        /// <param name="signal">Rate, channels and units.</param>
        /// <returns>The bytes of the line, line feed included. A new array.</returns>
        /// <exception cref="ArgumentException">A name is empty or holds a colon, or a name or unit
        /// holds a comma or a control character.</exception>
        /// <exception cref="ArgumentNullException">There is no signal.</exception>
        public static byte[] Header(Signal signal)
        {
            if (signal == null)
            {
                throw new ArgumentNullException("signal");
            }

            if (signal.Channels == 0)
            {
                throw new ArgumentException("The signal has no channels yet: add those that are sent.", "signal");
            }

            string text = "#tiny 1 " + FeatureDescription.Text(signal.Rate) + " ";
            for (int i = 0; i < signal.Channels; i++)
            {
                string name = signal.GetName(i);
                string unit = signal.GetUnit(i);
                if (name.Length == 0 || !MayStand(name, ':') || !MayStand(unit, ','))
                {
                    throw new ArgumentException("Channel " + i + ", " + name + " in " + unit
                        + ", cannot stand in a header: no commas, no colons in names, no line breaks.");
                }

                text += (i == 0 ? "" : ",") + name + ":" + unit;
            }

            int length = Utf8Writer.Measure(text);
            byte[] line = new byte[length + 4];
            Utf8Writer.Encode(text, line, 0);
            Close(line, length);
            return line;
        }

        /// <summary>Begins a line.</summary>
        /// <param name="number">The sample's number, one more for each: a gap tells of what was lost.
        /// After the largest int comes the least.</param>
        /// <param name="milliseconds">When it was taken; likewise.</param>
        public void Begin(int number, int milliseconds)
        {
            Buffer[0] = (byte)'$';
            Length = 1;
            added = 0;
            Append(number);
            Buffer[Length++] = (byte)',';
            Append(milliseconds);
        }

        /// <summary>Adds the value of the next channel.</summary>
        /// <param name="value">The value, in the unit of the channel.</param>
        /// <exception cref="InvalidOperationException">The line has all its values already.</exception>
        public void Add(int value)
        {
            if (added == channels)
            {
                throw new InvalidOperationException("The line has its " + channels + " values already.");
            }

            added++;
            Buffer[Length++] = (byte)',';
            Append(value);
        }

        /// <summary>Ends the line; <see cref="Buffer"/> may be sent.</summary>
        /// <exception cref="InvalidOperationException">The line lacks values.</exception>
        public void End()
        {
            if (added != channels)
            {
                throw new InvalidOperationException("The line has " + added + " of its " + channels + " values.");
            }

            Length = Close(Buffer, Length);
        }

        private static bool MayStand(string text, char separator)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < ' ' || text[i] == ',' || text[i] == separator)
                {
                    return false;
                }
            }

            return true;
        }

        private static int Close(byte[] line, int length)
        {
            int check = 0;
            for (int i = 1; i < length; i++)
            {
                check ^= line[i];
            }

            line[length] = (byte)'*';
            line[length + 1] = Digit(check >> 4);
            line[length + 2] = Digit(check & 15);
            line[length + 3] = (byte)'\n';
            return length + 4;
        }

        private static byte Digit(int value)
        {
            return (byte)(value < 10 ? '0' + value : 'A' + value - 10);
        }

        private void Append(int value)
        {
            // Digits come out from the last; below zero all the while, as the least number has no positive.
            int left = value > 0 ? -value : value;
            int digits = 1;
            for (int rest = left / 10; rest != 0; rest /= 10)
            {
                digits++;
            }

            if (value < 0)
            {
                Buffer[Length++] = (byte)'-';
            }

            for (int at = Length + digits - 1; at >= Length; at--)
            {
                Buffer[at] = (byte)('0' - left % 10);
                left /= 10;
            }

            Length += digits;
        }
    }
}
