using System.Text;

namespace Tiny.Cli.Tests.Fuzz;

/// <summary>What happens to files on their way: bits flip, ends are lost, parts come twice, something else gets in between.</summary>
internal static class Damage
{
    private const int HugeLine = 300_000; // bytes

    private static readonly string[] Oddities =
        ["nan", "inf", "-1e999", "1e-999", "", "\"", "\"\"\"", ";", ",,,,", "\t", "\u001b[31m", "\u202e", "\0", "0x10", "1,5",
        "99999999999999999999", "é", "�", "'", "#", "=cmd", "{}", "[[[", "\\", "\r", "\n\n", "file", "null"];

    private static readonly byte[][] Insertions =
    [
        [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B, 8, 0], [0, 0, 8, 1], "TINY"u8.ToArray(), [0xC3, 0x28],
        [.. Enumerable.Range(0, 256).Select(i => (byte)i)], new byte[1000],
    ];

    /// <summary>A damaged copy.</summary>
    internal static byte[] Of(byte[] whole, Random random)
    {
        byte[] damaged = Once(whole, random);
        return random.Next(3) == 0 ? Once(damaged, random) : damaged;
    }

    private static byte[] Once(byte[] whole, Random random)
    {
        int at = random.Next(whole.Length + 1);
        int end = Math.Min(whole.Length, at + 1 + random.Next(Math.Max(1, whole.Length / 4)));
        return random.Next(9) switch
        {
            0 => Flipped(whole, random, 1),
            1 => Flipped(whole, random, 1 + random.Next(20)),
            2 => whole[..at],
            3 => [.. whole, .. whole],
            4 => [.. whole[..at], .. Insertions[random.Next(Insertions.Length)], .. whole[at..]],
            5 => [.. whole[..at], .. whole[end..]],
            6 => [.. whole[..end], .. whole[at..end], .. whole[end..]],
            7 => [.. whole[..at], .. Enumerable.Repeat((byte)random.Next(256), HugeLine), .. whole[at..]],
            _ => WithOddity(whole, random),
        };
    }

    private static byte[] Flipped(byte[] whole, Random random, int bits)
    {
        byte[] flipped = [.. whole];
        for (int i = 0; i < bits && flipped.Length > 0; i++)
        {
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        }

        return flipped;
    }

    /// <summary>Of a text: a field or a number replaced by one that no one expects.</summary>
    private static byte[] WithOddity(byte[] whole, Random random)
    {
        string text = Encoding.Latin1.GetString(whole);
        string[] parts = text.Split(',');
        parts[random.Next(parts.Length)] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Oddities[random.Next(Oddities.Length)]));
        return Encoding.Latin1.GetBytes(string.Join(',', parts));
    }
}
