using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Tiny.Core.Blobs;

namespace Tiny.Cli.Report;

/// <summary>Little pictures of numbers as PNG (RFC 2083), a byte a pixel.</summary>
internal static class Png
{
    private const byte Gray = 0;
    private const byte Palette = 3;
    private const int Zero = 127; // the palette's white

    /// <summary>Numbers as ink on paper.</summary>
    /// <param name="picture">The numbers.</param>
    /// <param name="ink">From a number to its darkness, 0 white and 1 black.</param>
    internal static byte[] Ink(Pixels picture, Func<float, float> ink) =>
        Encode([.. picture.Values.Select(value => (byte)(255 * (1 - Math.Clamp(ink(value), 0, 1))))], picture.Width, Gray, []);

    /// <summary>Numbers about 0: blue below, white at 0, orange above; full at the largest magnitude.</summary>
    internal static byte[] AboutZero(Pixels picture)
    {
        float largest = picture.Most;
        return Encode([.. picture.Values.Select(value => (byte)(Zero + (largest == 0 ? 0 : MathF.Round(Zero * (value / largest)))))],
            picture.Width, Palette, BlueToOrange());
    }

    private static byte[] BlueToOrange()
    {
        byte[] palette = new byte[3 * (2 * Zero + 1)];
        for (int i = 0; i <= 2 * Zero; i++)
        {
            (int red, int green, int blue) = i < Zero ? (11, 98, 196) : (194, 94, 0);
            float strength = MathF.Abs(i - Zero) / Zero;
            palette[3 * i] = Mix(red, strength);
            palette[3 * i + 1] = Mix(green, strength);
            palette[3 * i + 2] = Mix(blue, strength);
        }

        return palette;
    }

    private static byte Mix(int color, float strength) => (byte)(255 + (color - 255) * strength);

    private static byte[] Encode(byte[] pixels, int width, byte kind, byte[] palette)
    {
        int height = pixels.Length / width;
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // no filter
                zlib.Write(pixels, width * row, width);
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits of a pixel
        header[9] = kind;
        byte[] colors = palette.Length > 0 ? Chunk("PLTE", palette) : [];
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. colors, .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc32.Compute(0, named, 0, named.Length));
        return chunk;
    }
}
