using System.Text;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>
/// nanoFramework.System.Text: StringBuilder and UTF-8, which no registry serves; done here, at the cost that was measured.
/// </summary>
internal static class TextNatives
{
    private const string Builder = "System.Text.StringBuilder.";

    internal static void AddTo(Dictionary<string, Native> table)
    {
        AddBuilder(table);
        AddEncoding(table);
    }

    private static void AddBuilder(Dictionary<string, Native> table)
    {
        table[Builder + ".ctor()"] = (_, s, f, _) => Made(s, f, "");
        table[Builder + ".ctor(System.Int32)"] = (_, s, f, _) => Made(s, f, "");
        table[Builder + ".ctor(System.Int32,System.Int32)"] = (_, s, f, _) => Made(s, f, "");
        table[Builder + ".ctor(System.String)"] = (_, s, f, _) => Made(s, f, (string?)s[f + 1].Ref ?? "");
        table[Builder + ".ctor(System.String,System.Int32)"] = (_, s, f, _) => Made(s, f, (string?)s[f + 1].Ref ?? "");
        table[Builder + "get_Length()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Length);
        table[Builder + "set_Length(System.Int32)"] = (_, s, f, _) => Of(s[f]).Length = s[f + 1].I4;
        table[Builder + "get_Capacity()"] = (_, s, f, _) => Result(s, f, Of(s[f]).Capacity);
        table[Builder + "get_Chars(System.Int32)"] = (_, s, f, _) => Result(s, f, Of(s[f])[s[f + 1].I4]);
        table[Builder + "set_Chars(System.Int32,System.Char)"] = (_, s, f, _) => Of(s[f])[s[f + 1].I4] = (char)s[f + 2].I4;
        table[Builder + "ToString()"] = (m, s, f, _) => Give(m, s, f, Of(s[f]).ToString());
        table[Builder + "ToString(System.Int32,System.Int32)"] = (m, s, f, _) => Give(m, s, f, Of(s[f]).ToString(s[f + 1].I4, s[f + 2].I4));
        table[Builder + "Clear()"] = (_, s, f, _) => Of(s[f]).Clear();
        table[Builder + "AppendLine()"] = (_, s, f, _) => Append(s, f, "\r\n");
        table[Builder + "AppendLine(System.String)"] = (_, s, f, _) => Append(s, f, (string?)s[f + 1].Ref + "\r\n");
        table[Builder + "Append(System.String)"] = (_, s, f, _) => Append(s, f, (string?)s[f + 1].Ref);
        table[Builder + "Append(System.String,System.Int32,System.Int32)"] =
            (_, s, f, _) => Append(s, f, Text(s[f + 1]).Substring(s[f + 2].I4, s[f + 3].I4));
        table[Builder + "Append(System.Char[])"] = (_, s, f, _) => Append(s, f, new string((char[]?)s[f + 1].Ref));
        table[Builder + "Append(System.Char[],System.Int32,System.Int32)"] =
            (_, s, f, _) => Append(s, f, new string((char[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4));
        table[Builder + "Append(System.Char)"] = (_, s, f, _) => Of(s[f]).Append((char)s[f + 1].I4);
        table[Builder + "Append(System.Char,System.Int32)"] = (_, s, f, _) => Append(s, f, new string((char)s[f + 1].I4, s[f + 2].I4));
        table[Builder + "Append(System.Object)"] = (m, s, f, _) => Append(s, f, s[f + 1].Ref is null ? "" : m.TextOf(s[f + 1].Ref!));
        foreach (string type in new[] { "Boolean", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Single",
            "Double" })
        {
            table[$"{Builder}Append(System.{type})"] = (m, s, f, _) => Append(s, f, m.TextOf(m.Own("System." + type), s[f + 1]));
        }

        table[Builder + "Insert(System.Int32,System.String)"] = (_, s, f, _) => Of(s[f]).Insert(s[f + 1].I4, (string?)s[f + 2].Ref);
        table[Builder + "Insert(System.Int32,System.String,System.Int32)"] =
            (_, s, f, _) => Of(s[f]).Insert(s[f + 1].I4, (string?)s[f + 2].Ref, s[f + 3].I4);
        table[Builder + "Insert(System.Int32,System.Char[],System.Int32,System.Int32)"] = (_, s, f, _) =>
            Of(s[f]).Insert(s[f + 1].I4, (char[]?)s[f + 2].Ref, s[f + 3].I4, s[f + 4].I4);
        table[Builder + "Remove(System.Int32,System.Int32)"] = (_, s, f, _) => Of(s[f]).Remove(s[f + 1].I4, s[f + 2].I4);
        table[Builder + "Replace(System.Char,System.Char)"] = (_, s, f, _) => Of(s[f]).Replace((char)s[f + 1].I4, (char)s[f + 2].I4);
        table[Builder + "Replace(System.String,System.String)"] = (_, s, f, _) => Of(s[f]).Replace(Text(s[f + 1]), (string?)s[f + 2].Ref);
    }

    private static void AddEncoding(Dictionary<string, Native> table)
    {
        table["System.Text.Encoding.get_UTF8()"] = (m, s, f, _) => Result(s, f, m.Heap.NewObject(m.TypeNamed("System.Text.UTF8Encoding")));
        table["System.Text.UTF8Encoding..ctor()"] = (_, _, _, _) => { };
        foreach (string type in new[] { "System.Text.Encoding.", "System.Text.UTF8Encoding." })
        {
            table[type + "GetBytes(System.String)"] =
                (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)Encoding.UTF8.GetBytes(Text(s[f + 1]))));
            table[type + "GetBytes(System.String,System.Int32,System.Int32,System.Byte[],System.Int32)"] = (_, s, f, _) =>
                Result(s, f, Encoding.UTF8.GetBytes(Text(s[f + 1]), s[f + 2].I4, s[f + 3].I4, (byte[])s[f + 4].Ref!, s[f + 5].I4));
            table[type + "GetString(System.Byte[])"] =
                (m, s, f, _) => Result(s, f, m.Heap.NewString(Encoding.UTF8.GetString((byte[])s[f + 1].Ref!).TrimEnd('\0')));
            table[type + "GetString(System.Byte[],System.Int32,System.Int32)"] = (m, s, f, _) =>
                Result(s, f, m.Heap.NewString(Encoding.UTF8.GetString((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4)));
            table[type + "GetChars(System.Byte[])"] =
                (m, s, f, _) => Result(s, f, m.Heap.Adopt((object)Encoding.UTF8.GetChars((byte[])s[f + 1].Ref!)));
            table[type + "GetChars(System.Byte[],System.Int32,System.Int32)"] = (m, s, f, _) =>
                Result(s, f, m.Heap.Adopt((object)Encoding.UTF8.GetChars((byte[])s[f + 1].Ref!, s[f + 2].I4, s[f + 3].I4)));
        }
    }

    private static StringBuilder Of(in Slot slot) =>
        (slot.Ref as DeviceObject ?? throw new NullReferenceException()).Native as StringBuilder ?? throw new DeviceTypeException();

    private static void Made(Slot[] stack, int frame, string text) => ((DeviceObject)stack[frame].Ref!).Native = new StringBuilder(text);

    private static void Append(Slot[] stack, int frame, string? text) => Of(stack[frame]).Append(text);

    private static void Give(Machine machine, Slot[] stack, int frame, string text) => Result(stack, frame, machine.Heap.NewString(text));
}
