using System.Globalization;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>
/// A number's ToString, with and without a format, as the firmware writes it: not as the desktop does. 99.99f is 99.9899979 and 1e10f is 10000000E+10; what is no
/// format comes back as it is; formats that .NET has and the firmware has not throw.
/// </summary>
internal static class NumberText
{
    private const int LongestText = 127; // the firmware's buffer

    /// <summary>The text of a number.</summary>
    /// <param name="type">Its type's full name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="format">As given to ToString; null or empty for the general one.</param>
    /// <exception cref="NotImplementedException">As on the device: the format is none that the firmware knows.</exception>
    /// <exception cref="EmulatorException">The text would leave the firmware's buffer.</exception>
    internal static string Of(string type, Slot value, string? format)
    {
        bool isInteger = type is not ("System.Single" or "System.Double");
        double real = type == "System.Single" ? value.R4 : value.R8;
        if (!isInteger && !double.IsFinite(real))
        {
            return double.IsNaN(real) ? "NaN" : "Infinity"; // of either sign: the firmware takes equal infinities for one
        }

        char letter = string.IsNullOrEmpty(format) ? 'G' : format[0];
        string given = string.IsNullOrEmpty(format) ? "" : format[1..];
        if (given.Any(c => !char.IsAsciiDigit(c)) || (!isInteger && letter is 'X' or 'x' or 'D' or 'd'))
        {
            return format!;
        }

        int digits = given.Length == 0 ? -1 : int.TryParse(given, CultureInfo.InvariantCulture, out int wanted) ? wanted : int.MaxValue;
        if (digits > LongestText - 40)
        {
            throw new EmulatorException($"The format {format} asks for more digits than the firmware's buffer is sure to hold.");
        }

        Int128 whole = isInteger ? WholeOf(type, value) : 0;
        return char.ToUpperInvariant(letter) switch
        {
            'G' => General(type, isInteger ? whole.ToString(CultureInfo.InvariantCulture) : null, real, letter, digits),
            'F' => Fixed(isInteger, whole, real, digits),
            'N' => Grouped(Fixed(isInteger, whole, real, digits)),
            'D' => whole.ToString("D" + Math.Max(digits, 0), CultureInfo.InvariantCulture),
            'X' => Hexadecimal(type, value, letter, digits),
            'E' => Exponent(isInteger ? (double)whole : real, letter, digits),
            _ => throw new NotImplementedException($"The format {format} is not implemented."),
        };
    }

    private static Int128 WholeOf(string type, Slot value) => type switch
    {
        "System.Int64" => value.I8,
        "System.UInt64" => (ulong)value.I8,
        "System.UInt32" => (uint)value.I4,
        _ => value.I4,
    };

    /// <summary>Two digits behind the point unless asked for; a whole number gets zeros there, and -0 its sign taken off.</summary>
    private static string Fixed(bool isInteger, Int128 whole, double real, int digits)
    {
        digits = digits < 0 ? 2 : digits;
        string text = isInteger ? whole.ToString(CultureInfo.InvariantCulture) + (digits > 0 ? "." + new string('0', digits) : "") : FloatText.Fixed(real, digits);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Commas between the thousands.</summary>
    private static string Grouped(string text)
    {
        int first = text[0] == '-' ? 1 : 0;
        int point = text.IndexOf('.', StringComparison.Ordinal);
        for (int at = (point < 0 ? text.Length : point) - 3; at > first; at -= 3)
        {
            text = text.Insert(at, ",");
        }

        return text;
    }

    private static string Hexadecimal(string type, Slot value, char letter, int digits)
    {
        int width = type switch
        {
            "System.SByte" or "System.Byte" => 2,
            "System.Int16" or "System.UInt16" => 4,
            "System.Int64" or "System.UInt64" => 16,
            _ => 8,
        };
        string text = (width == 16 ? value.I8 : value.I4 & 0xFFFFFFFFL).ToString($"{letter}{Math.Max(digits, 0)}", CultureInfo.InvariantCulture);
        return text.Length > width ? text[^width..] : text;
    }

    /// <summary>
    /// As printf gives it, with two digits more than wanted, cut to those wanted; a zero among these counts as one, and one behind a zero is taken for a rounding
    /// error and dropped.
    /// </summary>
    private static string General(string type, string? integer, double real, char letter, int asked)
    {
        int usual = type switch
        {
            "System.SByte" or "System.Byte" => 3,
            "System.Int16" or "System.UInt16" => 5,
            "System.Int64" => 19,
            "System.UInt64" => 20,
            "System.Single" => 9,
            "System.Double" => real == Math.Truncate(real) && Math.Abs(real) < 9e18 ? 15 : 17,
            _ => 10,
        };
        int digits = asked < 0 ? usual : asked;
        if (digits == 0)
        {
            throw new EmulatorException("The format G0 ends in an error on the device, which the emulator does not know.");
        }

        char exponent = letter == 'g' ? 'e' : 'E';
        string text = integer ?? FloatText.General(real, digits + 2, exponent);
        return GeneralText.Cut(text, integer is not null, digits, usual, asked, exponent);
    }

    /// <summary>One digit more than wanted is printed, and cut off with rounding; the exponent has three digits.</summary>
    private static string Exponent(double real, char letter, int digits)
    {
        int wanted = digits < 0 ? 6 : digits;
        string text = FloatText.Exponent(real, wanted + 1, letter);
        int at = text.IndexOf(letter, StringComparison.Ordinal);
        int exponent = int.Parse(text[(at + 1)..], CultureInfo.InvariantCulture);
        return GeneralText.Shorten(text, wanted + 1) + string.Create(CultureInfo.InvariantCulture, $"{letter}{exponent:+000;-000}");
    }
}
