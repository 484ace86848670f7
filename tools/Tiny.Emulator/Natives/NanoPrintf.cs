namespace Tiny.Emulator.Natives;

/// <summary>
/// The firmware's own printf for floating point (nanoprintf.c), step by step: digits are made one by
/// one from the number as a double, so the last ones are not always the nearest.
/// </summary>
internal static class NanoPrintf
{
    private const int BufferSize = 32;
    private const int MostDigitsF = BufferSize - 3;
    private const int MostDigitsE = BufferSize - 7;
    private const int FloatDigits = 19;

    private static readonly double[] Small = [1e-256, 1e-128, 1e-64, 1e-32, 1e-16, 1e-8, 1e-4, 1e-2, 1e-1, 1.0];
    private static readonly double[] Large = [1e256, 1e128, 1e64, 1e32, 1e16, 1e8, 1e4, 1e2, 1e1];

    /// <summary>A number as %.{precision}{conversion} gives it; conversions f, e, g and the capitals.</summary>
    internal static string Format(double number, int precision, char conversion)
    {
        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            return double.IsNaN(number) ? "NaN" : "Inf";
        }

        bool isF = conversion is 'f';
        bool isG = conversion is 'g' or 'G';
        int digits = conversion is 'e' or 'E' ? precision + 1 : precision;
        digits = Math.Max(digits, isF ? 0 : 1);
        bool isNegative = number < 0;
        number = Normalize(Math.Abs(number), out int point);
        bool plain = isF || (isG && point > -4 && point <= digits);
        bool rounds = true;
        if (plain && !isG)
        {
            digits += point;
            if (digits < 0)
            {
                point -= digits;
            }
        }

        plain &= point <= MostDigitsF;
        int zeros = plain ? Zeros(point, ref digits, ref rounds) : 0;
        digits = plain ? digits : Math.Min(digits, MostDigitsE);
        return Compose(number, digits, zeros, point, plain, isG, rounds, isNegative, conversion is 'G' or 'E');
    }

    private static int Zeros(int point, ref int digits, ref bool rounds)
    {
        int zeros = point < 1 ? 1 - point : 0;
        if (zeros > MostDigitsF)
        {
            zeros = MostDigitsF;
            digits = -1;
        }

        if (digits < 0)
        {
            rounds = false;
            digits = 0;
        }
        else if (digits + zeros > MostDigitsF)
        {
            digits = MostDigitsF - zeros;
        }

        return zeros;
    }

    /// <summary>To 1 or more and less than 10, by the largest steps first; the position of the decimal point.</summary>
    private static double Normalize(double number, out int point)
    {
        point = 1;
        if (number == 0)
        {
            return 0;
        }

        int power = 256;
        for (int i = 0; number < 1.0; i++, power >>= 1)
        {
            while (number < Small[i + 1])
            {
                number /= Small[i];
                point -= power;
            }
        }

        power = 256;
        for (int i = 0; number >= 10.0; i++, power >>= 1)
        {
            while (number >= Large[i])
            {
                number /= Large[i];
                point += power;
            }
        }

        return number;
    }

    private static string Compose(
        double number, int digits, int zeros, int point, bool plain, bool isG, bool rounds, bool isNegative, bool capital)
    {
        char[] buffer = new char[BufferSize + 40];
        Array.Fill(buffer, '0');
        int at = 2 + zeros;
        for (int i = 0; i <= digits; i++)
        {
            if (i >= FloatDigits)
            {
                buffer[at++] = '0';
                continue;
            }

            int digit = (int)number;
            buffer[at++] = (char)('0' + digit);
            number = (number - digit) * 10;
        }

        int end = at - 1;
        if (rounds && buffer[end] >= '5')
        {
            RoundUp(buffer, ref end, ref point, plain && !isG, ref digits);
        }

        int start = plain ? Plain(buffer, ref end, point, isG) : Exponential(buffer, ref end, digits, point, isG, capital);
        return (isNegative ? "-" : "") + new string(buffer, start, end - start);
    }

    private static void RoundUp(char[] buffer, ref int end, ref int point, bool growsDigits, ref int digits)
    {
        int last = end - 1;
        buffer[end] = '0';
        while (last >= 2 && buffer[last] == '9')
        {
            buffer[last--] = '0';
        }

        if (last >= 2)
        {
            buffer[last]++;
            return;
        }

        buffer[2] = '1';
        point++;
        if (growsDigits)
        {
            digits++;
            end++;
        }
    }

    private static int Plain(char[] buffer, ref int end, int point, bool trims)
    {
        int whole = Math.Max(point, 1);
        int at = 1;
        for (int i = 0; i < whole; i++, at++)
        {
            buffer[at] = buffer[at + 1];
        }

        if (at + 1 < end)
        {
            buffer[at] = '.';
            end = trims ? Trim(buffer, end - 1) : end;
        }
        else
        {
            end--;
        }

        return 1;
    }

    private static int Exponential(char[] buffer, ref int end, int digits, int point, bool trims, bool capital)
    {
        int start = 2;
        if (digits > 1)
        {
            buffer[1] = buffer[2];
            buffer[2] = '.';
            start = 1;
        }

        end = trims ? Trim(buffer, end - 1) : end;
        int exponent = point - 1;
        string tail = $"{(capital ? 'E' : 'e')}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        tail.CopyTo(0, buffer, end, tail.Length);
        end += tail.Length;
        return start;
    }

    /// <summary>The end without trailing zeros, and without a point that then has nothing behind it.</summary>
    private static int Trim(char[] buffer, int at)
    {
        while (buffer[at] == '0')
        {
            at--;
        }

        return buffer[at] == '.' ? at : at + 1;
    }
}
