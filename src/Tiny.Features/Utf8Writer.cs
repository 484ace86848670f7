using System;

namespace Tiny.Features
{
    /// <summary>
    /// Text as UTF-8; the device's mscorlib has no Encoding. What is malformed becomes '?'. The other way is Tiny.Core's Utf8.
    /// </summary>
    internal static class Utf8Writer
    {
        /// <summary>Bytes the text takes.</summary>
        internal static int Measure(string text)
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
        internal static int Encode(string text, byte[] bytes, int offset)
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
