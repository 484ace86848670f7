using System;

namespace Tiny.Core
{
    /// <summary>UTF-8 both ways; the device's mscorlib has no Encoding. What is malformed becomes '?'.</summary>
    public static class Utf8
    {
        /// <summary>Bytes the text takes.</summary>
        public static int Measure(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException("text");
            }

            int bytes = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (IsPair(text, i))
                {
                    bytes += 4;
                    i++;
                }
                else
                {
                    bytes += c < 0x80 || IsSurrogate(c) ? 1 : c < 0x800 ? 2 : 3;
                }
            }

            return bytes;
        }

        /// <summary>Writes the text and returns its length in bytes.</summary>
        public static int Encode(string text, byte[] bytes, int offset)
        {
            int at = offset;
            for (int i = 0; i < text.Length; i++)
            {
                int c = text[i];
                if (IsPair(text, i))
                {
                    i++;
                    int point = 0x10000 + ((c - 0xD800) << 10) + (text[i] - 0xDC00);
                    bytes[at++] = (byte)(0xF0 | (point >> 18));
                    bytes[at++] = (byte)(0x80 | ((point >> 12) & 0x3F));
                    bytes[at++] = (byte)(0x80 | ((point >> 6) & 0x3F));
                    bytes[at++] = (byte)(0x80 | (point & 0x3F));
                }
                else if (c < 0x80 || IsSurrogate((char)c))
                {
                    bytes[at++] = c < 0x80 ? (byte)c : (byte)'?';
                }
                else if (c < 0x800)
                {
                    bytes[at++] = (byte)(0xC0 | (c >> 6));
                    bytes[at++] = (byte)(0x80 | (c & 0x3F));
                }
                else
                {
                    bytes[at++] = (byte)(0xE0 | (c >> 12));
                    bytes[at++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                    bytes[at++] = (byte)(0x80 | (c & 0x3F));
                }
            }

            return at - offset;
        }

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

        private static bool IsPair(string text, int i)
        {
            return text[i] >= 0xD800 && text[i] < 0xDC00 && i + 1 < text.Length && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        }

        private static bool IsSurrogate(char c)
        {
            return c >= 0xD800 && c < 0xE000;
        }
    }
}
