using System.Globalization;
using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.ObjectNatives;

namespace Tiny.Emulator.Natives;

/// <summary>The numbers' own methods, and BitConverter.</summary>
internal static class NumberNatives
{
    private static readonly string[] Types =
    [
        "System.Boolean", "System.Char", "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32",
        "System.Int64", "System.UInt64", "System.Single", "System.Double",
    ];

    internal static void AddTo(Dictionary<string, Native> table)
    {
        foreach (string type in Types)
        {
            table[$"{type}.ToString()"] = (m, s, f, sp) => s[f].Ref = m.Heap.NewString(ToText(type, Value(s[f])), sp);
            table[$"{type}.ToString(System.String)"] = (m, s, f, sp) => s[f].Ref = m.Heap.NewString(ToText(type, Value(s[f]), (string?)s[f + 1].Ref), sp);
        }

        table["System.Single.IsNaN(System.Single)"] = (_, s, f, _) => Result(s, f, float.IsNaN(s[f].R4));
        table["System.Single.IsInfinity(System.Single)"] = (_, s, f, _) => Result(s, f, float.IsInfinity(s[f].R4));
        table["System.Single.IsPositiveInfinity(System.Single)"] = (_, s, f, _) => Result(s, f, float.IsPositiveInfinity(s[f].R4));
        table["System.Single.IsNegativeInfinity(System.Single)"] = (_, s, f, _) => Result(s, f, float.IsNegativeInfinity(s[f].R4));
        table["System.Int32.Parse(System.String)"] = (_, s, f, _) => Result(s, f, int.Parse((string)s[f].Ref!, CultureInfo.InvariantCulture));
        table["System.Single.Parse(System.String)"] = (_, s, f, _) => Result(s, f, float.Parse((string)s[f].Ref!, CultureInfo.InvariantCulture));
        table["System.Int32.TryParse(System.String,System.Int32&)"] = (_, s, f, _) =>
        {
            bool parsed = int.TryParse((string?)s[f].Ref, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value);
            ((Reference)s[f + 1].Ref!).Store(new Slot { I4 = parsed ? value : int.MinValue }); // what the device leaves when it fails
            Result(s, f, parsed);
        };
        AddBitConverter(table);
    }

    /// <summary>The text of a boxed number. Enums, truth values and characters have no ToString that takes a format, so theirs is passed over.</summary>
    internal static string ToText(Box box, string? format = null)
    {
        TypeDefinition definition = TypeFacts.Resolve(box.Type);
        return definition.IsEnum ? ToText(TypeFacts.Underlying(definition).FullName, box.Value) : ToText(box.Type.FullName, box.Value, format);
    }

    private static string ToText(string type, Slot value, string? format = null) => type switch
    {
        "System.Boolean" => value.I4 != 0 ? "True" : "False",
        "System.Char" => ((char)value.I4).ToString(),
        _ => NumberText.Of(type, value, format),
    };

    /// <summary>A number's this is a pointer to it, or a box.</summary>
    private static Slot Value(in Slot self) => self.Ref switch
    {
        Reference pointer => pointer.Load(),
        Box box => box.Value,
        _ => self,
    };

    private static void AddBitConverter(Dictionary<string, Native> table)
    {
        const string Name = "System.BitConverter";
        static ReadOnlySpan<byte> From(Slot[] s, int f) => ((byte[])s[f].Ref!).AsSpan(s[f + 1].I4);
        static Native Bytes(Func<Slot, byte[]> make) => (m, s, f, sp) => s[f].Ref = m.Heap.Adopt(make(s[f]), sp);

        table[$"{Name}.get_IsLittleEndian()"] = (_, s, f, _) => Result(s, f, true);
        table[$"{Name}.ToSingle(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToSingle(From(s, f)));
        table[$"{Name}.ToInt32(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToInt32(From(s, f)));
        table[$"{Name}.ToInt16(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToInt16(From(s, f)));
        table[$"{Name}.ToUInt16(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToUInt16(From(s, f)));
        table[$"{Name}.ToUInt32(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToInt32(From(s, f)));
        table[$"{Name}.ToInt64(System.Byte[],System.Int32)"] = (_, s, f, _) => s[f] = new Slot { I8 = BitConverter.ToInt64(From(s, f)) };
        table[$"{Name}.ToDouble(System.Byte[],System.Int32)"] = (_, s, f, _) => Result(s, f, BitConverter.ToDouble(From(s, f)));
        table[$"{Name}.GetBytes(System.Single)"] = Bytes(value => BitConverter.GetBytes(value.R4));
        table[$"{Name}.GetBytes(System.Int32)"] = Bytes(value => BitConverter.GetBytes(value.I4));
        table[$"{Name}.GetBytes(System.UInt32)"] = Bytes(value => BitConverter.GetBytes(value.I4));
        table[$"{Name}.GetBytes(System.Int16)"] = Bytes(value => BitConverter.GetBytes((short)value.I4));
        table[$"{Name}.GetBytes(System.UInt16)"] = Bytes(value => BitConverter.GetBytes((ushort)value.I4));
        table[$"{Name}.GetBytes(System.Int64)"] = Bytes(value => BitConverter.GetBytes(value.I8));
        table[$"{Name}.GetBytes(System.Double)"] = Bytes(value => BitConverter.GetBytes(value.R8));
        table[$"{Name}.DoubleToInt64Bits(System.Double)"] = (_, _, _, _) => { }; // the slot holds the bits
        table[$"{Name}.Int64BitsToDouble(System.Int64)"] = (_, _, _, _) => { };
    }
}
