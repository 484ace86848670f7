using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.String: what of it is the firmware's.</summary>
internal static class StringNatives
{
    private const string Name = "System.String";
    private const string WhiteSpaces =
        "\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u2028\u2029\u3000\uFEFF";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        void Add(string signature, Native native) => table[$"{Name}.{signature}"] = native;
        Native Made(Func<Slot[], int, string> make) => (m, s, f, _) => Result(s, f, m.Heap.NewString(make(s, f)));

        Add(".ctor(System.Char[])", Made((s, f) => s[f].Ref is char[] text ? new string(text) : ""));
        Add(".ctor(System.Char[],System.Int32,System.Int32)",
            Made((s, f) => s[f].Ref is char[] { Length: > 0 } text ? new string(text, s[f + 1].I4, s[f + 2].I4) : ""));
        Add(".ctor(System.Char,System.Int32)",
            Made((s, f) => s[f + 1].I4 < 0 ? throw new ArgumentOutOfRangeException() : new string((char)s[f].I4, s[f + 1].I4)));
        Add("get_Length()", (_, s, f, _) => Result(s, f, Text(s[f]).Length));
        Add("get_Chars(System.Int32)", (_, s, f, _) =>
            Result(s, f, (uint)s[f + 1].I4 < (uint)Text(s[f]).Length ? Text(s[f])[s[f + 1].I4] : throw new ArgumentOutOfRangeException()));
        Add("ToCharArray()", (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)Text(s[f]).ToCharArray())));
        Add("ToCharArray(System.Int32,System.Int32)",
            (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)Part(Text(s[f]), s[f + 1].I4, s[f + 2].I4).ToCharArray())));
        Add("Substring(System.Int32)", Made((s, f) => Part(Text(s[f]), s[f + 1].I4, Text(s[f]).Length - s[f + 1].I4)));
        Add("Substring(System.Int32,System.Int32)", Made((s, f) => Part(Text(s[f]), s[f + 1].I4, s[f + 2].I4)));
        Add("ToUpper()", Made((s, f) => ChangeCase(Text(s[f]), true)));
        Add("ToLower()", Made((s, f) => ChangeCase(Text(s[f]), false)));
        Add("Trim()", Made((s, f) => Text(s[f]).Trim(WhiteSpaces.ToCharArray())));
        Add("Trim(System.Char[])", Made((s, f) => Text(s[f]).Trim(Characters(s[f + 1]))));
        Add("TrimStart(System.Char[])", Made((s, f) => Text(s[f]).TrimStart(Characters(s[f + 1]))));
        Add("TrimEnd(System.Char[])", Made((s, f) => Text(s[f]).TrimEnd(Characters(s[f + 1]))));
        Add("Split(System.Char[])", (m, s, f, _) => Split(m, s, f, int.MaxValue));
        Add("Split(System.Char[],System.Int32)", (m, s, f, _) => Split(m, s, f, s[f + 2].I4));
        Add("Concat(System.String,System.String)", Made((s, f) => (string?)s[f].Ref + s[f + 1].Ref));
        Add("Concat(System.String,System.String,System.String)", Made((s, f) => (string?)s[f].Ref + s[f + 1].Ref + s[f + 2].Ref));
        Add("Concat(System.String,System.String,System.String,System.String)",
            Made((s, f) => (string?)s[f].Ref + s[f + 1].Ref + s[f + 2].Ref + s[f + 3].Ref));
        Add("Concat(System.String[])",
            Made((s, f) => string.Concat((s[f].Ref as DeviceArray ?? throw new NullReferenceException()).Items)));
        Add("Equals(System.String,System.String)", (_, s, f, _) => Result(s, f, (string?)s[f].Ref == (string?)s[f + 1].Ref));
        Add("op_Equality(System.String,System.String)", (_, s, f, _) => Result(s, f, (string?)s[f].Ref == (string?)s[f + 1].Ref));
        Add("op_Inequality(System.String,System.String)", (_, s, f, _) => Result(s, f, (string?)s[f].Ref != (string?)s[f + 1].Ref));
        Add("Compare(System.String,System.String)", (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref)));
        Add("CompareTo(System.String)", (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref)));
        Add("CompareTo(System.Object)", (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref)));
        foreach (string way in new[] { "IndexOf", "LastIndexOf" })
        {
            bool last = way == "LastIndexOf";
            Add(way + "(System.Char)", (_, s, f, _) => Find(s, f, 0, last, [(char)s[f + 1].I4]));
            Add(way + "(System.Char,System.Int32)", (_, s, f, _) => Find(s, f, 1, last, [(char)s[f + 1].I4]));
            Add(way + "(System.Char,System.Int32,System.Int32)", (_, s, f, _) => Find(s, f, 2, last, [(char)s[f + 1].I4]));
            Add(way + "Any(System.Char[])", (_, s, f, _) => Find(s, f, 0, last, Array(s[f + 1])));
            Add(way + "Any(System.Char[],System.Int32)", (_, s, f, _) => Find(s, f, 1, last, Array(s[f + 1])));
            Add(way + "Any(System.Char[],System.Int32,System.Int32)", (_, s, f, _) => Find(s, f, 2, last, Array(s[f + 1])));
            Add(way + "(System.String)", (_, s, f, _) => Find(s, f, 0, last, null));
            Add(way + "(System.String,System.Int32)", (_, s, f, _) => Find(s, f, 1, last, null));
            Add(way + "(System.String,System.Int32,System.Int32)", (_, s, f, _) => Find(s, f, 2, last, null));
        }
    }

    private static char[] Array(in Slot slot) => slot.Ref as char[] ?? throw new NullReferenceException();

    private static char[] Characters(in Slot slot) => slot.Ref is char[] { Length: > 0 } given ? given : WhiteSpaces.ToCharArray();

    private static string Part(string text, int start, int length) =>
        start < 0 || start > text.Length || length < 0 || start + length > text.Length
        ? throw new ArgumentOutOfRangeException() : text.Substring(start, length);

    /// <summary>Of the letters A to Z alone.</summary>
    private static string ChangeCase(string text, bool upper) =>
        string.Concat(text.Select(
        c => upper && c is >= 'a' and <= 'z' ? (char)(c - 32) : !upper && c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));

    private static void Split(Machine machine, Slot[] stack, int frame, int most)
    {
        if (most < 0)
        {
            throw new ArgumentOutOfRangeException();
        }

        string[] parts = most == 0 ? [] : Text(stack[frame]).Split(Characters(stack[frame + 1]), most);
        DeviceArray made = (DeviceArray)machine.Heap.NewArray(machine.Own("System.String"), parts.Length);
        stack[frame].Ref = made;
        for (int i = 0; i < parts.Length; i++)
        {
            made.Items[i] = machine.Heap.NewString(parts[i]);
        }
    }

    /// <summary>The firmware's search, its corners included. <paramref name="bounds"/>: how many of start and count are given.</summary>
    private static void Find(Slot[] stack, int frame, int bounds, bool last, char[]? characters)
    {
        string text = stack[frame].Ref as string ?? "";
        string? wanted = characters is null ? Text(stack[frame + 1]) : null;
        Result(stack, frame, text.Length == 0 ? -1 : Search(text, wanted, characters, last, bounds > 0 ? stack[frame + 2].I4 : null,
            bounds > 1 ? stack[frame + 3].I4 : null));
    }

    private static int Search(string text, string? wanted, char[]? characters, bool last, int? from, int? most)
    {
        int length = wanted?.Length ?? 1;
        int start = from ?? (last ? text.Length - 1 : 0);
        if (start < 0 || start > text.Length)
        {
            throw new ArgumentOutOfRangeException();
        }

        if (wanted is not null && last)
        {
            start -= length - 1;
            if (start < 0 || start > text.Length)
            {
                return -1;
            }
        }

        int count = most ?? (last ? start + 1 : text.Length - start);
        if (wanted is not null && !last)
        {
            count -= length - 1;
        }

        if (last && count > start + 1)
        {
            return -1;
        }

        if (!last && start + count > text.Length)
        {
            throw new ArgumentOutOfRangeException();
        }

        for (; count > 0; count--, start += last ? -1 : 1)
        {
            bool found = wanted is not null
                ? start + length <= text.Length && string.CompareOrdinal(text, start, wanted, 0, length) == 0
                : start < text.Length && characters!.Contains(text[start]);
            if (found)
            {
                return start;
            }
        }

        return -1;
    }
}
