using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.ObjectNatives;

namespace Tiny.Emulator.Natives;

/// <summary>System.Array, and the copying in of initialisers.</summary>
internal static class ArrayNatives
{
    // Copying and clearing run native loops: taken as one instruction a byte.
    private const int TenthsPerByte = 10;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Array.get_Length()"] = (_, s, f, _) => Result(s, f, Elements.Length(s[f].Ref!));
        table["System.Array.Copy(System.Array,System.Array,System.Int32)"] = (m, s, f, _) => Copy(m, s[f].Ref!, 0, s[f + 1].Ref!, 0, s[f + 2].I4);
        table["System.Array.Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"] = (m, s, f, _) =>
            Copy(m, s[f].Ref!, s[f + 1].I4, s[f + 2].Ref!, s[f + 3].I4, s[f + 4].I4);
        table["System.Array.Clear(System.Array,System.Int32,System.Int32)"] = (m, s, f, _) =>
        {
            Array array = s[f].Ref is DeviceArray references ? references.Items : (Array)s[f].Ref!;
            Array.Clear(array, s[f + 1].I4, s[f + 2].I4);
            m.Interpreter.Tenths += (long)TenthsPerByte * s[f + 2].I4 * Buffer.ByteLength(Of(array)) / Math.Max(1, array.Length);
        };
        table["System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray(System.Array,System.RuntimeFieldHandle)"] = (m, s, f, _) =>
        {
            byte[] bytes = ((FieldReference)s[f + 1].Ref!).Resolve().InitialValue;
            Array array = (Array)s[f].Ref!;
            Buffer.BlockCopy(bytes, 0, array, 0, Math.Min(bytes.Length, Buffer.ByteLength(array)));
            m.Interpreter.Tenths += (long)TenthsPerByte * bytes.Length;
        };
    }

    private static void Copy(Machine machine, object from, int fromIndex, object to, int toIndex, int length)
    {
        Array source = from is DeviceArray a ? a.Items : (Array)from;
        Array target = to is DeviceArray b ? b.Items : (Array)to;
        if (source.GetType() != target.GetType())
        {
            throw new ArgumentException("The arrays hold different types.");
        }

        Array.Copy(source, fromIndex, target, toIndex, length);
        machine.Interpreter.Tenths += (long)TenthsPerByte * length * Buffer.ByteLength(Of(source)) / Math.Max(1, source.Length);
    }

    /// <summary>References are copied as blocks of 12 bytes.</summary>
    private static Array Of(Array array) => array is object?[] references ? new byte[12 * references.Length] : array;
}
