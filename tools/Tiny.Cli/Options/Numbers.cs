using System.CommandLine;
using System.Globalization;

namespace Tiny.Cli.Options;

/// <summary>
/// How numbers are read from the command line, alike for every option of every command: invariant, finite, within the range that the option
/// states. System.CommandLine's own reading takes NaN and infinity, and its errors name .NET types.
/// </summary>
internal static class Numbers
{
    private const string Whole = "a whole number";
    private const string Any = "a number";

    /// <summary>States which values an option takes.</summary>
    /// <param name="option">The option; an int, long, float or double, nullable or not.</param>
    /// <param name="fits">Whether a value is one of them.</param>
    /// <param name="range">Them in words, such as "0 to 1".</param>
    internal static Option<T> Within<T>(this Option<T> option, Func<T, bool> fits, string range) =>
        option.ReadBy(TryParse, fits, $"{(TypeOf<T>() == typeof(int) || TypeOf<T>() == typeof(long) ? Whole : Any)}, {range}", range);

    /// <summary>Makes an option take a share above 0 and below 1, which may be written as a percentage.</summary>
    internal static Option<double?> AsShare(this Option<double?> option)
    {
        const string Expected = "a share above 0 and below 1, such as 0.2 or 20%";
        return option.ReadBy(TryParseShare, share => share is > 0 and < 1, Expected, Expected);
    }

    /// <summary>Makes all numeric options of a command, those that state no range too, be read in this way.</summary>
    internal static void ReadAll(Command command)
    {
        foreach (Option option in command.Options)
        {
            switch (option)
            {
                case Option<int> { CustomParser: null } whole:
                    whole.ReadAny(Whole);
                    break;
                case Option<int?> { CustomParser: null } whole:
                    whole.ReadAny(Whole);
                    break;
                case Option<long> { CustomParser: null } whole:
                    whole.ReadAny(Whole);
                    break;
                case Option<long?> { CustomParser: null } whole:
                    whole.ReadAny(Whole);
                    break;
                case Option<float> { CustomParser: null } number:
                    number.ReadAny(Any);
                    break;
                case Option<float?> { CustomParser: null } number:
                    number.ReadAny(Any);
                    break;
                case Option<double> { CustomParser: null } number:
                    number.ReadAny(Any);
                    break;
                case Option<double?> { CustomParser: null } number:
                    number.ReadAny(Any);
                    break;
            }
        }
    }

    /// <summary>Reads a finite number. The framework would take NaN and Infinity whatever the styles.</summary>
    internal static bool TryParse(string text, NumberStyles styles, out double value) =>
        double.TryParse(text, styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static Type TypeOf<T>() => Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);

    private static void ReadAny<T>(this Option<T> option, string kind)
    {
        string range = TypeOf<T>() == typeof(int) ? $" from {int.MinValue} to {int.MaxValue}" : "";
        option.ReadBy(TryParse, _ => true, kind + range, kind);
    }

    /// <summary>Sets how an option is read.</summary>
    /// <param name="option">The option.</param>
    /// <param name="read">Reads a text.</param>
    /// <param name="fits">Whether a value is in range.</param>
    /// <param name="kind">What is expected where the text is no number.</param>
    /// <param name="range">What is expected where the number is not in range.</param>
    private static Option<T> ReadBy<T>(this Option<T> option, TryRead<T> read, Func<T, bool> fits, string kind, string range)
    {
        option.CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            bool isOne = read(text, out T value);
            if (!isOne || !fits(value))
            {
                result.AddError($"{option.Name} {text}: expected {(isOne ? range : kind)}.");
            }

            return value;
        };
        return option;
    }

    private static bool TryParse<T>(string text, out T value)
    {
        (bool isOne, object parsed) = TypeOf<T>() switch
        {
            Type type when type == typeof(int) =>
                (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole), (object)whole),
            Type type when type == typeof(long) =>
                (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole), whole),
            Type type when type == typeof(float) => (float.TryParse(
                text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number), number),
            Type type when type == typeof(double) => (TryParse(text, NumberStyles.Float, out double number), number),
            Type type => throw new NotSupportedException($"{type} is not read from the command line."),
        };
        value = (T)parsed;
        return isOne;
    }

    private static bool TryParseShare(string text, out double? share)
    {
        bool isPercentage = text.EndsWith('%');
        bool isOne = TryParse(isPercentage ? text[..^1] : text, NumberStyles.Float, out double value);
        share = isPercentage ? value / 100 : value;
        return isOne;
    }

    private delegate bool TryRead<T>(string text, out T value);
}
