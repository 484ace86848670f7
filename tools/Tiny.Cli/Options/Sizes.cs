using System.Globalization;

namespace Tiny.Cli.Options;

/// <summary>Bytes as people write them: a number, with K, M or G or without.</summary>
internal static class Sizes
{
    private static readonly Dictionary<char, int> Units = new() { ['k'] = 10, ['m'] = 20, ['g'] = 30 };

    internal static bool TryParse(string text, out long bytes)
    {
        int shift = text.Length > 0 ? Units.GetValueOrDefault(char.ToLowerInvariant(text[^1])) : 0;
        bool fits = Numbers.TryParse(shift > 0 ? text[..^1] : text, NumberStyles.AllowDecimalPoint, out double value)
            && value * (1L << shift) < 1e18;
        bytes = fits ? (long)(value * (1L << shift)) : 0;
        return fits;
    }
}
