using System.Globalization;

namespace Tiny.Cli.Sweep;

/// <summary>Bytes with an optional k or M.</summary>
internal static class Sizes
{
    internal static bool TryParse(string text, out long bytes)
    {
        int shift = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, _ => 0 };
        bool fits = double.TryParse(shift > 0 ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < 1e12;
        bytes = fits ? (long)(value * (1L << shift)) : 0;
        return fits;
    }
}
