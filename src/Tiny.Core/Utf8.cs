namespace Tiny.Core
{
    /// <summary>The text in UTF-8; the device's mscorlib has no Encoding. What is malformed becomes '?'.</summary>
    /// <example>
    /// <code>
    /// byte[] bytes = { 72, 105 };
    /// string text = Utf8.Decode(bytes, 0, bytes.Length);         // "Hi"
    /// </code>
    /// </example>
    public static class Utf8
    {
        /// <summary>The text in these bytes. Makes a new string.</summary>
        /// <param name="bytes">Holds the UTF-8 bytes.</param>
        /// <param name="offset">The first byte, from 0.</param>
        /// <param name="length">How many bytes.</param>
        /// <returns>The text; "?" for what is malformed.</returns>
        public static string Decode(byte[] bytes, int offset, int length)
        {
            char[] chars = new char[length];
            int count = 0;
            int at = offset;
            int end = offset + length;
            while (at < end)
            {
                int point = bytes[at++];
                int more = point < 0xC0 ? 0 : point < 0xE0 ? 1 : point < 0xF0 ? 2 : 3;
                if (more != 0)
                {
                    point &= 0x3F >> more;
                }
                else if (point >= 0x80)
                {
                    point = int.MaxValue;
                }

                while (more != 0)
                {
                    more--;
                    point = at < end ? (point << 6) | (bytes[at++] & 0x3F) : int.MaxValue;
                }

                if (point < 0x10000)
                {
                    chars[count++] = (char)point;
                }
                else if (point > 0x10FFFF)
                {
                    chars[count++] = '?';
                }
                else
                {
                    chars[count++] = (char)(0xD7C0 + (point >> 10));
                    chars[count++] = (char)(0xDC00 + (point & 0x3FF));
                }
            }

            return new string(chars, 0, count);
        }
    }
}
