using System.Globalization;
using System.Text;

namespace Tiny.Emulator.Natives;

/// <summary>String.Format as nanoFramework's mscorlib has it: braces are doubled, an item is a number, perhaps an alignment, perhaps a format; anything else throws.</summary>
internal sealed class CompositeFormat(string format, Func<int, string, string> toText)
{
    private readonly StringBuilder result = new();
    private int at;

    /// <summary>The text with its items filled in.</summary>
    /// <param name="format">The text.</param>
    /// <param name="toText">Gives the text of an argument: its number, and the format, which is empty where there is none.</param>
    /// <exception cref="ArgumentException">As on the device: an item is not well formed.</exception>
    internal static string Fill(string format, Func<int, string, string> toText) => new CompositeFormat(format, toText).Run();

    private string Run()
    {
        for (; at < format.Length; at++)
        {
            char c = format[at];
            bool isDoubled = c is '{' or '}' && at + 1 < format.Length && format[at + 1] == c;
            if (c == '{' && !isDoubled && at + 1 < format.Length)
            {
                Item();
            }
            else if (c is '{' or '}' && !isDoubled)
            {
                throw Error("no closed brace");
            }
            else
            {
                result.Append(c);
                at += isDoubled ? 1 : 0;
            }
        }

        return result.ToString();
    }

    /// <summary>From an open brace to the closed one.</summary>
    private void Item()
    {
        at++;
        int argument = Number("", "wrong symbol at {}", "empty {}", endsAtComma: true);
        int width = 0;
        if (Current == ',')
        {
            at++;
            string sign = Current == '-' ? "-" : "";
            at += sign.Length;
            width = Number(sign, "wrong symbol at alignment", "empty alignment", endsAtComma: false);
        }

        string spec = "";
        if (Current == ':')
        {
            int end = format.IndexOf('}', at);
            int from = at + 1;
            at = end < 0 ? format.Length : end;
            spec = format[from..at];
            if (spec.Length == 0)
            {
                throw Error("empty format after ':'");
            }
        }

        if (Current != '}')
        {
            throw Error("no closed brace");
        }

        string text = toText(argument, spec);
        result.Append(width < 0 ? text.PadRight(-width) : text.PadLeft(width));
    }

    private char Current => at < format.Length ? format[at] : '\0';

    private int Number(string sign, string wrong, string empty, bool endsAtComma)
    {
        int from = at;
        while (at < format.Length && Current is not (':' or '}') && !(endsAtComma && Current == ','))
        {
            if (!char.IsAsciiDigit(Current))
            {
                throw Error(wrong);
            }

            at++;
        }

        string digits = sign + format[from..at];
        return digits.Length > 0 ? int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : throw Error(empty);
    }

    private ArgumentException Error(string what) => new(string.Create(CultureInfo.InvariantCulture, $"Format error: {what}, column {at}"));
}
