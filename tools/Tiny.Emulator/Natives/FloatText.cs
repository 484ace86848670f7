using System.Globalization;

namespace Tiny.Emulator.Natives;

/// <summary>How the firmware's own printf writes a floating point number. It brings a number to one digit before the point in double, and takes digits off one by one.</summary>
internal static class FloatText
{
    private const int MostFixed = 29;    // what its buffer of 32 characters leaves
    private const int MostExponent = 25;
    private const int MostDigits = 19;   // behind them it writes zeros

    private static readonly double[] Small = [1e-256, 1e-128, 1e-64, 1e-32, 1e-16, 1e-8, 1e-4, 1e-2, 1e-1, 1.0];
    private static readonly double[] Large = [1e256, 1e128, 1e64, 1e32, 1e16, 1e8, 1e4, 1e2, 1e1];

    /// <summary>%.nf: digits behind the point. Too large a number is written with an exponent instead.</summary>
    internal static string Fixed(double number, int digits) => Write(number, digits, isFixed: true, isGeneral: false, 'e');

    /// <summary>%.nE or %.ne: digits behind the point, and an exponent.</summary>
    internal static string Exponent(double number, int digits, char letter) => Write(number, digits + 1, isFixed: false, isGeneral: false, letter);

    /// <summary>%.nG or %.ng: significant digits, whichever is shorter; without zeros at the end.</summary>
    internal static string General(double number, int digits, char letter) => Write(number, Math.Max(digits, 1), isFixed: false, isGeneral: true, letter);

    private static string Write(double number, int digits, bool isFixed, bool isGeneral, char letter)
    {
        string sign = number < 0 ? "-" : "";
        (number, int point) = Normalize(Math.Abs(number));
        isFixed |= isGeneral && point > -4 && point <= digits;
        if (isFixed && !isGeneral)
        {
            digits += point;
            point -= Math.Min(digits, 0); // what is below the last digit shows as 0
        }

        isFixed &= point <= MostFixed;
        if (!isFixed)
        {
            char[] mantissa = Digits(number, Math.Min(digits, MostExponent), zeros: 0, rounds: true, out bool rolled);
            return sign + WithExponent(mantissa, point + (rolled ? 1 : 0), isGeneral, letter);
        }

        int zeros = Math.Clamp(1 - point, 0, MostFixed);
        bool rounds = digits >= 0 && point > -MostFixed;
        digits = rounds ? Math.Min(digits, MostFixed - zeros) : 0;
        char[] all = Digits(number, digits, zeros, rounds, out bool carried);
        point += carried ? 1 : 0;
        int whole = Math.Max(point, 1);
        string text = new(all, 0, carried && !isGeneral ? all.Length : all.Length - 1);
        return sign + (text.Length <= whole ? text : WithoutZeros($"{text[..whole]}.{text[whole..]}", isGeneral));
    }

    /// <summary>The number as a mantissa from 1 to below 10, and how many digits stand before its point: the steps, and so the errors, are the firmware's.</summary>
    private static (double Mantissa, int Point) Normalize(double number)
    {
        int point = 1;
        if (number is 0 or double.MaxValue)
        {
            return number == 0 ? (0, 1) : (1.7976931348623157, 309);
        }

        for (int i = 0, power = 256; number < 1; i++, power >>= 1)
        {
            for (; number < Small[i + 1]; point -= power)
            {
                number /= Small[i];
            }
        }

        for (int i = 0, power = 256; number >= 10; i++, power >>= 1)
        {
            for (; number >= Large[i]; point += power)
            {
                number /= Large[i];
            }
        }

        return (number, point);
    }

    /// <summary>Zeros, the digits, and one more by which they are rounded, which then is 0. A carry past the first digit makes that 1 and leaves the point to the caller.</summary>
    private static char[] Digits(double number, int digits, int zeros, bool rounds, out bool carried)
    {
        char[] text = new char[zeros + digits + 1];
        Array.Fill(text, '0');
        for (int i = 0; i <= digits && i < MostDigits; i++)
        {
            int digit = (int)number;
            text[zeros + i] = (char)(digit + '0');
            number = (number - digit) * 10;
        }

        carried = false;
        int last = text.Length - 1;
        if (rounds && text[last] >= '5')
        {
            text[last--] = '0';
            while (last >= 0 && text[last] == '9')
            {
                text[last--] = '0';
            }

            carried = last < 0;
            text[Math.Max(last, 0)] = carried ? '1' : (char)(text[last] + 1);
        }

        return text;
    }

    private static string WithExponent(char[] digits, int point, bool isGeneral, char letter)
    {
        string mantissa = new(digits, 0, digits.Length - 1);
        mantissa = WithoutZeros(mantissa.Length > 1 ? $"{mantissa[0]}.{mantissa[1..]}" : mantissa, isGeneral);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}{letter}{(point < 1 ? '-' : '+')}{Math.Abs(point - 1):00}");
    }

    private static string WithoutZeros(string text, bool isGeneral) =>
        isGeneral && text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
}
