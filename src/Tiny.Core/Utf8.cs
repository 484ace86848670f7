namespace Tiny.Core
{
    /// <summary>The text in UTF-8; the device's mscorlib has no Encoding. What is malformed becomes '?'.</summary>
    public static class Utf8
    {
        /// <summary>The text in these bytes. Makes a new string.</summary>
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
