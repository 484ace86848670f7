using System.Globalization;
using System.Numerics;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Convert: text to numbers by strtoll's and strtod's rules, and Base64.</summary>
internal static class ConvertNatives
{
    private const string Name = "System.Convert.";
    private const int LineLength = 76;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Name + "NativeToInt64(System.String,System.Boolean,System.Int64,System.Int64,System.Int32,System.Boolean,System.Boolean&)"] =
            (_, s, f, _) =>
        {
            long least = s[f + 2].I8;
            long most = s[f + 3].I8;
            Attempt(s, f, 6, s[f + 5].I4 != 0, () => Result(s, f, ToInteger(Argument(s[f]), s[f + 1].I4 != 0, least, most, s[f + 4].I4)),
                () => Result(s, f, least));
        };
        table[Name + "NativeToDouble(System.String,System.Boolean,System.Boolean&)"] = (_, s, f, _) =>
            Attempt(s, f, 2, s[f + 1].I4 != 0, () => Result(s, f, ToDouble(Argument(s[f]))), () => Result(s, f, 0.0));
        table[Name + "NativeToDateTime(System.String,System.Boolean,System.Boolean&,System.DateTime&)"] = (_, s, f, _) =>
            Attempt(s, f, 2, s[f + 1].I4 != 0, () => ((Reference)s[f + 3].Ref!).Store(new Slot { I8 = ToTicks(Argument(s[f])) }),
            () => { });
        table[Name + "ToBase64String(System.Byte[],System.Int32,System.Int32,System.Boolean)"] = (m, s, f, _) => ToBase64(m, s, f);
        table[Name + "FromBase64String(System.String)"] = (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)FromBase64(Argument(s[f]))));
    }

    private static string Argument(in Slot slot) => slot.Ref as string ?? throw new ArgumentNullException();

    private static void Attempt(Slot[] stack, int frame, int success, bool throws, Action convert, Action fail)
    {
        Reference succeeded = (Reference)stack[frame + success].Ref!;
        try
        {
            convert();
            succeeded.Store(new Slot { I8 = 1 });
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            succeeded.Store(default);
            if (throws)
            {
                throw;
            }

            fail();
        }
    }

    private static long ToInteger(string text, bool isSigned, long least, long most, int radix)
    {
        bool isWide = least == 0 && most == 0;
        isSigned &= !isWide;
        string trimmed = text.Trim(' ');
        bool isNegative = trimmed.StartsWith('-');
        string digits = trimmed.TrimStart('-', '+').Length == trimmed.Length - (isNegative || trimmed.StartsWith('+') ? 1 : 0)
            ? trimmed.TrimStart('-', '+') : "";
        digits = radix == 16 && digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && digits.Length > 2 ? digits[2..] : digits;
        BigInteger value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            value = digit < radix ? value * radix + digit : throw new FormatException();
        }

        if (digits.Length == 0)
        {
            throw new FormatException();
        }

        value = isNegative ? -value : value;
        if (isSigned ? value < long.MinValue || value > long.MaxValue : BigInteger.Abs(value) > ulong.MaxValue)
        {
            throw new ArgumentOutOfRangeException();
        }

        if (radix is 2 or 8 or 16 && isSigned && value > most && value < ((BigInteger)most + 1) * 2)
        {
            value -= ((BigInteger)most + 1) * 2;
        }

        bool fits = isWide ? !(isNegative && value != 0)
            : isSigned ? value >= least && value <= most : !(isNegative && value != 0) && value <= most;
        return fits ? (long)(ulong)(value & ulong.MaxValue) : throw new ArgumentOutOfRangeException();
    }

    private static double ToDouble(string text)
    {
        string trimmed = text.Trim(' ');
        return double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new FormatException();
    }

    private static long ToTicks(string text)
    {
        string[] forms = ["yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
            "yyyy-MM-dd'T'HH:mm:ss", "ddd, dd MMM yyyy HH:mm:ss", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"];
        return DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? time.Ticks : throw new FormatException();
    }

    private static void ToBase64(Machine machine, Slot[] stack, int frame)
    {
        byte[] bytes = stack[frame].Ref as byte[] ?? throw new ArgumentNullException();
        string text = Convert.ToBase64String(bytes, stack[frame + 1].I4, stack[frame + 2].I4);
        if (stack[frame + 3].I4 != 0)
        {
            text = string.Join("\r\n", text.Chunk(LineLength).Select(line => new string(line)));
        }

        Result(stack, frame, machine.Heap.NewString(text));
    }

    /// <summary>What is no Base64 gives an empty array.</summary>
    private static byte[] FromBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int count) ? bytes[..count] : [];
    }
}
