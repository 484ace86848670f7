using System.Globalization;

namespace Tiny.Training.Data.Text;

/// <summary>
/// Reads numbers as a file writes them: with a decimal point or comma, and in whole groups of
/// thousands only where the decimal mark was said.
/// </summary>
/// <param name="decimalMark">'.' or ','.</param>
/// <param name="groups">Whether the other mark may stand between thousands.</param>
/// <example>
/// <code>
/// NumberText numbers = new(',', groups: true);
/// bool isNumber = numbers.TryParse("1.234,5", out float value); // 1234.5
/// </code>
/// </example>
public sealed class NumberText(char decimalMark, bool groups)
{
    private static readonly NumberFormatInfo Comma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private readonly NumberFormatInfo format = decimalMark == ',' ? Comma : NumberFormatInfo.InvariantInfo;

    /// <summary>Numbers with a decimal point, as the kit itself writes them.</summary>
    public static NumberText Usual { get; } = new('.', groups: false);

    /// <summary>The decimal mark.</summary>
    public char DecimalMark { get; } = decimalMark;

    /// <summary>The mark that is not the decimal one.</summary>
    public char OtherMark => DecimalMark == '.' ? ',' : '.';

    /// <summary>Parses a finite or infinite number; words such as NaN are none.</summary>
    /// <param name="text">(characters), without blanks around them.</param>
    /// <param name="number">Receives the number.</param>
    /// <returns>False if it is no number.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out float number)
    {
        if (ShortNumber.TryParse(text, DecimalMark, out number))
        {
            return true;
        }

        if (float.TryParse(text, NumberStyles.Float, format, out number))
        {
            return !float.IsNaN(number);
        }

        return groups && IsGrouped(text, OtherMark, DecimalMark)
            && float.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, format, out number);
    }

    /// <summary>Parses a finite number in double: for labels and clocks, whose last digits matter.</summary>
    /// <param name="text">(characters), without blanks around them.</param>
    /// <param name="number">Receives the number.</param>
    /// <returns>False if it is no number.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out double number) =>
        (double.TryParse(text, NumberStyles.Float, format, out number)
            || (groups && IsGrouped(text, OtherMark, DecimalMark)
            && double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, format, out number)))
        && double.IsFinite(number);

    /// <summary>
    /// Whether a text is a number in which the mark stands between thousands: 1,234 or 12,345,678.9, but not 0,123 or 1,37.8.
    /// </summary>
    internal static bool IsGrouped(ReadOnlySpan<char> text, char group, char decimalMark)
    {
        ReadOnlySpan<char> digits = text.TrimStart("+-");
        int fraction = digits.IndexOf(decimalMark);
        if (fraction >= 0)
        {
            if (digits[(fraction + 1)..].ContainsAnyExceptInRange('0', '9'))
            {
                return false;
            }

            digits = digits[..fraction];
        }

        int first = digits.IndexOf(group);
        if (first is < 1 or > 3 || digits[0] == '0' || (digits.Length - first) % 4 != 0)
        {
            return false;
        }

        for (int i = 0; i < digits.Length; i++)
        {
            bool marks = i >= first && (i - first) % 4 == 0;
            if (marks ? digits[i] != group : !char.IsAsciiDigit(digits[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is digits with one mark among them: a number whose decimal mark it is.</summary>
    internal static bool IsFraction(ReadOnlySpan<char> text, char mark)
    {
        ReadOnlySpan<char> digits = text.TrimStart("+-");
        int at = digits.IndexOf(mark);
        int exponent = digits.IndexOfAny('e', 'E');
        ReadOnlySpan<char> fraction = at < 0 ? default : exponent > at ? digits[(at + 1)..exponent] : digits[(at + 1)..];
        return at >= 0 && digits.Length > 1
            && !digits[..at].ContainsAnyExceptInRange('0', '9')
            && !fraction.ContainsAnyExceptInRange('0', '9')
            && (exponent < 0 || !digits[(exponent + 1)..].TrimStart("+-").ContainsAnyExceptInRange('0', '9'));
    }
}
