using System.Globalization;
using Mono.Cecil;

namespace Tiny.Emulator.Natives;

/// <summary>A number as text, as the firmware's System.Number makes it of printf's, its corners included.</summary>
internal sealed class NumberFormat(MetadataType type, long bits, double real)
{
    private readonly bool isFloat = type is MetadataType.Single or MetadataType.Double;
    private readonly bool isSigned = type is MetadataType.SByte or MetadataType.Int16 or MetadataType.Int32 or MetadataType.Int64;

    /// <summary>The text; the format itself where it is none that is known; null where there is nothing to give, which throws.</summary>
    internal string? Format(string? format, bool isInteger, string point, string minus, string separator, int group)
    {
        if (!Parse(format, out char letter, out int precision) || (letter is 'x' or 'X' or 'd' or 'D' && !isInteger))
        {
            return format;
        }

        return letter switch
        {
            'g' or 'G' => Local(General(letter, precision), point, minus),
            'x' or 'X' => Hexadecimal(letter, precision),
            'f' or 'F' => Local(Fixed(precision), point, minus),
            'n' or 'N' => Grouped(Local(Fixed(precision), point, minus), separator, group),
            'd' or 'D' => Local(Decimal(precision), point, minus),
            'e' or 'E' => Scientific(letter, precision),
            _ => throw new NotImplementedException($"The format {format} is not in the firmware."),
        };
    }

    private static bool Parse(string? format, out char letter, out int precision)
    {
        letter = string.IsNullOrEmpty(format) ? 'G' : format[0];
        precision = -1;
        for (int i = 1; i < (format?.Length ?? 0); i++)
        {
            if (!char.IsAsciiDigit(format![i]))
            {
                return false;
            }

            precision = (precision == -1 ? 0 : precision * 10) + format[i] - '0';
        }

        return true;
    }

    private string Integer() => isSigned
        ? bits.ToString(CultureInfo.InvariantCulture) : ((ulong)bits).ToString(CultureInfo.InvariantCulture);

    private string Real(int precision, char conversion) => NanoPrintf.Format(real, precision, conversion);

    private string General(char letter, int requested)
    {
        int standard = type switch
        {
            MetadataType.SByte or MetadataType.Byte => 3,
            MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Char => 5,
            MetadataType.Int32 or MetadataType.UInt32 => 10,
            MetadataType.Int64 => 19,
            MetadataType.UInt64 => 20,
            MetadataType.Single => 9,
            _ => real == (long)real ? 15 : 17,
        };
        int precision = requested == -1 ? standard : requested;
        if (precision <= 0)
        {
            return "";
        }

        string text = isFloat ? Real(precision + 2, letter) : Integer();
        int sign = text[0] == '-' ? 1 : 0;
        int saved = text.Length;
        int mark = text.IndexOfAny(['e', 'E']);
        int exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (text.Length <= precision + sign)
        {
            return text;
        }

        int dot = text.IndexOf('.');
        if (requested <= standard)
        {
            text = Shorten(text, precision, standard, saved, ref dot);
        }

        if (dot != -1)
        {
            text = TrimZeros(text, dot);
        }

        if (dot == -1 || exponent != 0 || dot > precision + sign)
        {
            if (requested > 0 && text.Length - sign > 1)
            {
                text = text.Insert(1 + sign, ".");
            }

            if (exponent == 0)
            {
                exponent = (dot == -1 ? saved - 1 : dot - 1) - sign;
            }

            text += $"{(letter == 'g' ? 'e' : 'E')}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        return text;
    }

    /// <summary>Cuts to the digits asked for, leading zeros counted, and rounds by the first that is lost.</summary>
    private string Shorten(string text, int precision, int standard, int saved, ref int dot)
    {
        int digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) || ++digits != precision)
            {
                continue;
            }

            int end = i + 1;
            char lost = end < text.Length ? text[end] : '\0';
            if (lost == '.' && end + 1 < saved)
            {
                lost = text[end + 1];
            }
            else if (lost is 'E' or 'e')
            {
                lost = text[end - 1];
                end--;
            }

            string kept = text[..end];
            if (isFloat && digits >= 2 && digits >= standard && kept[^2] == '0')
            {
                return kept[..^1];
            }

            if (lost >= '5')
            {
                string rounded = RoundUp(kept);
                dot += rounded.Length > kept.Length ? 1 : 0;
                return rounded;
            }

            return kept;
        }

        return text;
    }

    private static string TrimZeros(string text, int dot)
    {
        int end = text.Length;
        while (end - 1 >= dot && end > 0 && text[end - 1] == '0')
        {
            end--;
        }

        return text[..(end == dot + 1 ? dot : end)];
    }

    private static string RoundUp(string text)
    {
        char[] digits = text.ToCharArray();
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] is '.' or '-')
            {
                continue;
            }

            if (digits[i] != '9')
            {
                digits[i]++;
                return new string(digits);
            }

            digits[i] = '0';
        }

        string zeros = new(digits);
        return zeros[0] == '-' ? "-1" + zeros[1..] : "1" + zeros;
    }

    private string Decimal(int precision)
    {
        string text = Integer();
        bool isNegative = text[0] == '-';
        return (isNegative ? "-" : "") + text[(isNegative ? 1 : 0)..].PadLeft(Math.Clamp(precision, 0, 32), '0');
    }

    private string Hexadecimal(char letter, int precision)
    {
        int most = type switch
        {
            MetadataType.SByte or MetadataType.Byte => 2,
            MetadataType.Int16 or MetadataType.UInt16 or MetadataType.Char => 4,
            MetadataType.Int32 or MetadataType.UInt32 => 8,
            _ => 16,
        };
        string text = (most == 16 ? (ulong)bits : (uint)bits).ToString(letter == 'x' ? "x" : "X", CultureInfo.InvariantCulture)
            .PadLeft(Math.Clamp(precision, 0, 32), '0');
        return text.Length > most ? text[^most..] : text;
    }

    private string Fixed(int precision)
    {
        precision = precision == -1 ? 2 : precision;
        if (isFloat)
        {
            string text = Real(precision, 'f');
            return text == "-0" ? "0" : text;
        }

        string digits = Integer();
        return precision > 0 ? digits + "." + new string('0', precision) : digits;
    }

    private static string Grouped(string text, string separator, int group)
    {
        int dot = text.IndexOf('.');
        int end = dot < 0 ? text.Length : dot;
        int start = text.StartsWith('-') ? 1 : 0;
        for (int at = end - group; at > start; at -= group)
        {
            text = text.Insert(at, separator);
        }

        return text;
    }

    private string Scientific(char letter, int precision)
    {
        precision = precision == -1 ? 6 : precision;
        string text = NanoPrintf.Format(isFloat ? real : isSigned ? bits : (ulong)bits, precision + 1, letter);
        int mark = text.IndexOfAny(['e', 'E']);
        int exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) && ++digits == precision + 1)
            {
                char lost = i + 1 < text.Length ? text[i + 1] : '\0';
                lost = lost == '.' && i + 2 < text.Length ? text[i + 2] : lost;
                string kept = text[..(i + 1)];
                text = lost is >= '5' and <= '9' ? RoundUp(kept) : kept;
                break;
            }
        }

        return $"{text}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):000}";
    }

    private static string Local(string text, string point, string minus)
    {
        if (text.StartsWith('-') && minus != "-")
        {
            text = minus + text[1..];
        }

        int dot = text.IndexOf('.');
        return dot < 0 || point == "." ? text : text[..dot] + point + text[(dot + 1)..];
    }
}
