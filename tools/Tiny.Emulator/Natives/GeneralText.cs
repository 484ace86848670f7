using System.Globalization;
using System.Text;

namespace Tiny.Emulator.Natives;

/// <summary>How the firmware cuts a printed number to the digits wanted. Step by step as it does, its oddities included: an exponent's digits and leading zeros count as digits.</summary>
internal static class GeneralText
{
    /// <summary>The general format.</summary>
    /// <param name="printed">What printf gave, with digits to spare.</param>
    /// <param name="isInteger">Whether it is a whole number's.</param>
    /// <param name="digits">Digits wanted.</param>
    /// <param name="usual">Digits that this type of number gets if none are asked for.</param>
    /// <param name="asked">Digits asked for, -1 if none were.</param>
    /// <param name="letter">E or e, before the exponent.</param>
    internal static string Cut(string printed, bool isInteger, int digits, int usual, int asked, char letter)
    {
        int sign = printed[0] == '-' ? 1 : 0;
        if (printed.Length <= digits + sign)
        {
            return printed;
        }

        int exponentAt = printed.IndexOfAny(['e', 'E']);
        int exponent = exponentAt < 0 ? 0 : int.Parse(printed.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = printed.IndexOf('.', StringComparison.Ordinal);
        StringBuilder kept = new(printed);
        if (asked <= usual)
        {
            point += Shorten(kept, printed, digits, dropsDoubtful: !isInteger && digits >= 2 && digits >= usual) ? 1 : 0;
        }

        if (point >= 0)
        {
            StripZeros(kept, point);
        }

        if (point < 0 || exponent != 0 || point > digits + sign)
        {
            if (asked > 0 && kept.Length - sign > 1)
            {
                kept.Insert(1 + sign, '.');
            }

            exponent = exponent != 0 ? exponent : (point < 0 ? printed.Length - 1 : point - 1) - sign;
            kept.Append(CultureInfo.InvariantCulture, $"{letter}{exponent:+00;-00}");
        }

        return kept.ToString();
    }

    /// <summary>The first digits of a printed number, rounded by the next.</summary>
    internal static string Shorten(string printed, int digits)
    {
        StringBuilder kept = new(printed);
        Shorten(kept, printed, digits, dropsDoubtful: false);
        return kept.ToString();
    }

    /// <summary>The same; true if a carry put a digit before the first.</summary>
    private static bool Shorten(StringBuilder kept, string printed, int digits, bool dropsDoubtful)
    {
        int seen = 0;
        int at = 0;
        while (at < printed.Length && seen < digits)
        {
            seen += char.IsAsciiDigit(printed[at++]) ? 1 : 0;
        }

        if (seen < digits)
        {
            return false;
        }

        char lost = at < printed.Length ? printed[at] : '\0';
        if (lost == '.' && at + 1 < printed.Length)
        {
            lost = printed[at + 1];
        }
        else if (lost is 'E' or 'e')
        {
            lost = printed[--at];
        }

        kept.Length = at;
        if (dropsDoubtful && kept[^2] == '0')
        {
            kept.Length--;
            return false;
        }

        return lost >= '5' && RoundUp(kept);
    }

    /// <summary>One more in the last place; true if that put a digit before the first. Whatever is neither point nor sign is taken for a digit.</summary>
    private static bool RoundUp(StringBuilder text)
    {
        for (int at = text.Length - 1; at >= 0; at--)
        {
            if (text[at] is not ('.' or '-'))
            {
                if (++text[at] <= '9')
                {
                    return false;
                }

                text[at] = '0';
            }
        }

        text.Insert(text[0] == '-' ? 1 : 0, '1');
        return true;
    }

    private static void StripZeros(StringBuilder text, int point)
    {
        while (text.Length > point && text[^1] == '0')
        {
            text.Length--;
        }

        if (text.Length == point + 1)
        {
            text.Length--;
        }
    }
}
