using System.Globalization;
using System.Text.RegularExpressions;

namespace Tiny.Reference;

/// <summary>Turns a constant as a table writes it into a value of its type.</summary>
internal static partial class ApiConstant
{
    /// <exception cref="FormatException">The text is no such value.</exception>
    internal static object? Parse(string text, string type)
    {
        return text switch
        {
            "null" => null,
            "true" => true,
            "false" => false,
            ['"', .., '"'] => Escape().Replace(text[1..^1], match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()),
            _ => Number(text, type),
        };
    }

    /// <summary>Each boxed as what it is: a common type of all arms would make doubles of them.</summary>
    private static object Number(string text, string type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        switch (type)
        {
            case "System.Char":
                return (char)int.Parse(text, culture);
            case "System.SByte":
                return sbyte.Parse(text, culture);
            case "System.Byte":
                return byte.Parse(text, culture);
            case "System.Int16":
                return short.Parse(text, culture);
            case "System.UInt16":
                return ushort.Parse(text, culture);
            case "System.UInt32":
                return uint.Parse(text, culture);
            case "System.Int64":
                return long.Parse(text, culture);
            case "System.UInt64":
                return ulong.Parse(text, culture);
            case "System.Single":
                return float.Parse(text, culture);
            case "System.Double":
                return double.Parse(text, culture);
            default:
                return int.Parse(text, culture); // an int, or an enum of ints
        }
    }

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})")]
    private static partial Regex Escape();
}
