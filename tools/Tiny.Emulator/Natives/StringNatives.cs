using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.ObjectNatives;

namespace Tiny.Emulator.Natives;

/// <summary>System.String.</summary>
internal static class StringNatives
{
    private const string Name = "System.String";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        void Add(string signature, Native native) => table[$"{Name}.{signature}"] = native;
        Native Text(Func<Slot[], int, string> make) => (m, s, f, sp) => s[f].Ref = m.Heap.NewString(make(s, f), sp);
        Native Join(Func<Slot[], int, IEnumerable<object?>> parts) => (m, s, f, sp) =>
            s[f].Ref = m.Heap.NewString(string.Concat(parts(s, f).ToArray().Select(part => m.Calls.TextOf(part, "", sp))), sp);

        Add(".ctor(System.Char[])", Text((s, f) => new string((char[])s[f].Ref!)));
        Add(".ctor(System.Char[],System.Int32,System.Int32)", Text((s, f) => new string((char[])s[f].Ref!, s[f + 1].I4, s[f + 2].I4)));
        Add(".ctor(System.Char,System.Int32)", Text((s, f) => new string((char)s[f].I4, s[f + 1].I4)));
        Add("get_Length()", (_, s, f, _) => Result(s, f, This(s, f).Length));
        Add("get_Chars(System.Int32)", (_, s, f, _) => Result(s, f, This(s, f)[s[f + 1].I4]));
        Add("ToString()", (_, _, _, _) => { });
        Add("ToCharArray()", (m, s, f, sp) => s[f].Ref = m.Heap.Adopt(This(s, f).ToCharArray(), sp));
        Add("Substring(System.Int32)", Text((s, f) => This(s, f)[s[f + 1].I4..]));
        Add("Substring(System.Int32,System.Int32)", Text((s, f) => This(s, f).Substring(s[f + 1].I4, s[f + 2].I4)));
        Add("ToLower()", Text((s, f) => This(s, f).ToLowerInvariant()));
        Add("ToUpper()", Text((s, f) => This(s, f).ToUpperInvariant()));
        Add("Trim()", Text((s, f) => This(s, f).Trim()));
        Add("PadLeft(System.Int32,System.Char)", Text((s, f) => This(s, f).PadLeft(s[f + 1].I4, (char)s[f + 2].I4)));
        Add("PadRight(System.Int32,System.Char)", Text((s, f) => This(s, f).PadRight(s[f + 1].I4, (char)s[f + 2].I4)));
        Add("Concat(System.Object)", Join((s, f) => [s[f].Ref]));
        Add("Concat(System.Object,System.Object)", Join((s, f) => [s[f].Ref, s[f + 1].Ref]));
        Add("Concat(System.Object,System.Object,System.Object)", Join((s, f) => [s[f].Ref, s[f + 1].Ref, s[f + 2].Ref]));
        Add("Concat(System.Object[])", Join((s, f) => Items(s[f])));
        Add("Concat(System.String,System.String)", Text((s, f) => (string?)s[f].Ref + s[f + 1].Ref));
        Add("Concat(System.String,System.String,System.String)", Text((s, f) => (string?)s[f].Ref + s[f + 1].Ref + s[f + 2].Ref));
        Add("Concat(System.String,System.String,System.String,System.String)", Text((s, f) => (string?)s[f].Ref + s[f + 1].Ref + s[f + 2].Ref + s[f + 3].Ref));
        Add("Concat(System.String[])", Join((s, f) => Items(s[f])));
        Add("Format(System.String,System.Object[])", (m, s, f, sp) =>
            s[f].Ref = m.Heap.NewString(CompositeFormat.Fill(This(s, f), (argument, format) => m.Calls.TextOf(Items(s[f + 1])[argument], format, sp)), sp));
        Add("Equals(System.Object)", (_, s, f, _) => Result(s, f, AreEqual(s[f].Ref, s[f + 1].Ref)));
        Add("Equals(System.String,System.String)", (_, s, f, _) => Result(s, f, AreEqual(s[f].Ref, s[f + 1].Ref)));
        Add("op_Equality(System.String,System.String)", (_, s, f, _) => Result(s, f, AreEqual(s[f].Ref, s[f + 1].Ref)));
        Add("op_Inequality(System.String,System.String)", (_, s, f, _) => Result(s, f, !AreEqual(s[f].Ref, s[f + 1].Ref)));
        Add("IsNullOrEmpty(System.String)", (_, s, f, _) => Result(s, f, string.IsNullOrEmpty((string?)s[f].Ref)));
        Add("Contains(System.String)", (_, s, f, _) => Result(s, f, This(s, f).Contains((string)s[f + 1].Ref!)));
        Add("StartsWith(System.String)", (_, s, f, _) => Result(s, f, This(s, f).StartsWith((string)s[f + 1].Ref!, StringComparison.Ordinal)));
        Add("EndsWith(System.String)", (_, s, f, _) => Result(s, f, This(s, f).EndsWith((string)s[f + 1].Ref!, StringComparison.Ordinal)));
        Add("IndexOf(System.Char)", (_, s, f, _) => Result(s, f, This(s, f).IndexOf((char)s[f + 1].I4)));
        Add("IndexOf(System.String)", (_, s, f, _) => Result(s, f, This(s, f).IndexOf((string)s[f + 1].Ref!, StringComparison.Ordinal)));
    }

    private static object?[] Items(in Slot array) => array.Ref is DeviceArray items ? items.Items : throw new NullReferenceException();

    private static string This(Slot[] stack, int frame) => (string?)stack[frame].Ref ?? throw new NullReferenceException();
}
