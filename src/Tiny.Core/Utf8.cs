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
                int first = bytes[at++];
                int more = first < 0x80 ? 0 : (first & 0xE0) == 0xC0 ? 1 : (first & 0xF0) == 0xE0 ? 2 : (first & 0xF8) == 0xF0 ? 3 : -1;
                if (more < 0 || at + more > end)
                {
                    chars[count++] = '?';
                    continue;
                }

                int point = more == 0 ? first : first & (0x3F >> more);
                for (int i = 0; i < more; i++)
                {
                    point = (point << 6) | (bytes[at++] & 0x3F);
                }

                if (point > 0x10FFFF)
                {
                    chars[count++] = '?';
                }
                else if (point < 0x10000)
                {
                    chars[count++] = (char)point;
                }
                else
                {
                    chars[count++] = (char)(0xD800 + ((point - 0x10000) >> 10));
                    chars[count++] = (char)(0xDC00 + (point & 0x3FF));
                }
            }

            return new string(chars, 0, count);
        }
    }
}
