using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>Numbers as text, and what doubles are.</summary>
internal static class NumberNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        const string Name = "System.Number.FormatNative";
        const string Parameters = "(System.Object,System.Boolean,System.String,System.String,System.String,System.String,System.Int32[])";
        table[Name + Parameters] = (m, s, f, _) => Format(m, s, f);
        table["System.Double.CompareTo(System.Double,System.Double)"] = (_, s, f, _) => Result(s, f, Compare(s[f].R8, s[f + 1].R8));
        table["System.Double.IsNaN(System.Double)"] = (_, s, f, _) => Result(s, f, double.IsNaN(s[f].R8));
        table["System.Double.IsInfinity(System.Double)"] = (_, s, f, _) => Result(s, f, double.IsInfinity(s[f].R8));

        // The firmware keeps a byte of the sign word, whose bit is not in it: to it every infinity is positive.
        table["System.Double.IsPositiveInfinity(System.Double)"] = (_, s, f, _) => Result(s, f, double.IsInfinity(s[f].R8));
        table["System.Double.IsNegativeInfinity(System.Double)"] = (_, s, f, _) => Result(s, f, false);
        table["System.MathInternal.Abs(System.Int32)"] = (_, s, f, _) => Result(s, f, s[f].I4 < 0 ? -s[f].I4 : s[f].I4);
    }

    private static int Compare(double left, double right) => double.IsNaN(left)
        ? double.IsNaN(right) ? 0 : -1 : double.IsNaN(right) || left > right ? 1 : left < right ? -1 : 0;

    private static void Format(Machine machine, Slot[] stack, int frame)
    {
        Box box = stack[frame].Ref as Box ?? throw new NullReferenceException();
        MetadataType type = TypeFacts.Resolve(box.Type) is { IsEnum: true } named
            ? TypeFacts.Underlying(named).MetadataType : box.Type.MetadataType;
        Slot value = box.Load();
        long bits = box.Kind switch
        {
            Kind.I8 => value.I8,
            _ => type is MetadataType.UInt32 ? (uint)value.I4 : value.I4,
        };
        double real = box.Kind == Kind.R4 ? value.R4 : value.R8;
        string text = new NumberFormat(type, bits, real).Format(
            (string?)stack[frame + 2].Ref, stack[frame + 1].I4 != 0, Text(stack[frame + 3]), Text(stack[frame + 4]), Text(stack[frame + 5]),
                ((int[])stack[frame + 6].Ref!)[0]) ?? "";
        if (text.Length == 0)
        {
            throw new DeviceTypeException();
        }

        machine.Interpreter.Tenths += machine.Costs.NumberText(type, text, stack[frame + 2].Ref as string);
        Result(stack, frame, machine.Heap.NewString(text));
    }
}
