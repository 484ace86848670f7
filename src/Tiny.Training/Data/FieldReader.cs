using Tiny.Training.Data.Columns;
using Tiny.Training.Data.Text;

namespace Tiny.Training.Data;

/// <summary>Makes values of fields: numbers in the file's dialect, words for true and false, what stands for missing.</summary>
internal sealed class FieldReader
{
    private readonly NumberText numbers;
    private readonly IReadOnlyList<string> missing;
    private readonly float?[] missingNumbers;

    /// <param name="dialect">How the file is written.</param>
    /// <param name="options">What stands for missing, and whether the decimal mark was said.</param>
    internal FieldReader(CsvDialect dialect, CsvOptions options)
    {
        numbers = new NumberText(dialect.Decimal, groups: options.Decimal is not null);
        missing = options.Missing;
        missingNumbers = [.. missing.Select(
            value => NumberText.Usual.TryParse(value, out float number) || TryParse(value, out number) ? number : (float?)null)];
    }

    /// <summary>Numbers as the file writes them.</summary>
    internal NumberText Numbers => numbers;

    /// <summary>Parses a number, finite or not.</summary>
    internal bool TryParse(ReadOnlySpan<char> text, out float number) => numbers.TryParse(text, out number);

    /// <summary>Parses a finite number, or in a column of booleans a word for 1 or 0.</summary>
    internal bool TryRead(ReadOnlySpan<char> text, ColumnKind kind, out float number)
    {
        if (kind is ColumnKind.Boolean or ColumnKind.Unknown or ColumnKind.Empty && BooleanWords.Read(text) is float truth)
        {
            number = truth;
            return true;
        }

        return numbers.TryParse(text, out number) && float.IsFinite(number);
    }

    /// <summary>Whether a field stands for missing: nothing, NaN and the like, or what an option names.</summary>
    internal bool IsMissing(ReadOnlySpan<char> text) => MissingMarks.Contains(text) || IsNamedMissing(text);

    /// <summary>Whether a field is a value that an option names as missing; numbers are compared as numbers.</summary>
    internal bool IsNamedMissing(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < missing.Count; i++)
        {
            if (text.SequenceEqual(missing[i])
                || (missingNumbers[i] is float number && numbers.TryParse(text, out float value) && value == number))
            {
                return true;
            }
        }

        return false;
    }
}
