using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Tiny.Core.Blobs;

namespace Tiny.Cli.Report;

/// <summary>Little pictures of numbers as PNG (RFC 2083), true colour.</summary>
internal static class Png
{
    /// <summary>Values from 0 to 1, dark for 1 as ink on paper: (height, width) row-major.</summary>
    internal static byte[] Ink(ReadOnlySpan<float> values, int width)
    {
        byte[] pixels = new byte[3 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            pixels.AsSpan(3 * i, 3).Fill((byte)(255 * (1 - Math.Clamp(values[i], 0, 1))));
        }

        return Encode(pixels, width);
    }

    /// <summary>Values about 0: blue below, white at 0, orange above; full at the largest magnitude given.</summary>
    internal static byte[] AboutZero(ReadOnlySpan<float> values, int width, float largest)
    {
        byte[] pixels = new byte[3 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float share = largest == 0 ? 0 : Math.Clamp(values[i] / largest, -1, 1);
            (int red, int green, int blue) = share < 0 ? (11, 98, 196) : (194, 94, 0);
            float strength = MathF.Abs(share);
            pixels[3 * i] = Mix(red, strength);
            pixels[3 * i + 1] = Mix(green, strength);
            pixels[3 * i + 2] = Mix(blue, strength);
        }

        return Encode(pixels, width);
    }

    private static byte Mix(int colour, float strength) => (byte)(255 + (colour - 255) * strength);

    private static byte[] Encode(byte[] pixels, int width)
    {
        int height = pixels.Length / 3 / width;
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels, 3 * width * row, 3 * width);
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits of a channel
        header[9] = 2; // true colour
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc32.Compute(named, 0, named.Length));
        return chunk;
    }
}
