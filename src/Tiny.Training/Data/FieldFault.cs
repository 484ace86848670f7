using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Says why a field is no number.</summary>
internal static class FieldFault
{
    /// <summary>What was found and what was expected, in words that go on after where the field stands.</summary>
    /// <param name="field">The field.</param>
    /// <param name="numbers">How the file writes numbers.</param>
    internal static string Describe(ReadOnlySpan<char> field, NumberText numbers)
    {
        string found = $"found {SafeText.Quote(field)}";
        char mark = numbers.DecimalMark;
        char other = numbers.OtherMark;
        if (numbers.TryParse(field, out float _))
        {
            return $"{found}, which is beyond what a float holds.";
        }

        if (NumberText.IsGrouped(field, other, mark) || NumberText.IsFraction(field, other))
        {
            string group = field.ToString().Replace(other.ToString(), "").Replace(mark, '.');
            return NumberText.IsGrouped(field, other, mark) && NumberText.IsFraction(field, other)
                ? $"{found}, which can be read as {field.ToString().Replace(other, '.')} or as {group}. Say --decimal {other} if "
                + $"{Mark(other)} is the decimal mark, --decimal {mark} if it stands between thousands."
                : NumberText.IsFraction(field, other)
                    ? $"{found}, but the decimal mark is {Mark(mark)} in this file. Write it alike in all rows, or say --decimal {other}."
                    : $"{found}: {Mark(other)} stands between thousands. Take it out, or say --decimal {mark} to read {group}.";
        }

        if (ClockColumn.IsDateOrTime(field.ToString()))
        {
            return $"{found}, a date or time, expected a number.";
        }

        int digits = NumberLength(field, numbers);
        return digits == 0 ? $"{found}, expected a number."
            : field.Contains(other) && !field.ContainsAnyExcept("0123456789+-.,")
            ? $"{found}, expected a number: {Mark(other)} in it neither is the decimal mark nor stands between thousands."
            : char.IsAsciiDigit(field[^1]) ? $"{found}, expected a number."
            : $"{found}, expected a number without a unit. Take the unit out of the values; it may stand in the column's name.";
    }

    private static string Mark(char mark) => mark == ',' ? "the comma" : "the point";

    /// <summary>The length of the number that a field begins with.</summary>
    private static int NumberLength(ReadOnlySpan<char> field, NumberText numbers)
    {
        for (int length = Math.Min(field.Length, 24); length > 0; length--)
        {
            if (char.IsAsciiDigit(field[length - 1]) && numbers.TryParse(field[..length], out float _))
            {
                return length;
            }
        }

        return 0;
    }
}
