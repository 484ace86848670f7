using System.Text;
using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Memory;

/// <summary>
/// Accounts for the device's heap: blocks of 12 bytes, a header of 20 bytes an array, a block an object and one for each field. What a
/// mark-and-sweep collector could free is found by marking whenever the heap seems fuller than it ever was, so that the live peak is exact.
/// </summary>
internal sealed class DeviceHeap(Machine machine)
{
    private const int Block = 12;
    private const int ArrayHeader = 20;
    private const int BoxBytes = 2 * Block;
    private const int LargestObject = 65535 * Block;

    // An exception's fields as nanoFramework's CoreLibrary declares them: message, inner exception, stack trace, HResult.
    private const int ExceptionFields = 4;

    private readonly HashSet<object> literals = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bytes allocated since the program began.</summary>
    internal long Allocated { get; private set; }

    /// <summary>Bytes that were reachable at the fullest moment.</summary>
    internal long Peak { get; private set; }

    /// <summary>Reachable bytes at the last marking and all allocated since.</summary>
    private long Used { get; set; }

    internal static int ArrayBytes(int length, int bytesPerElement) => Round(ArrayHeader + (long)length * bytesPerElement);

    internal static int ReferenceArrayBytes(int length) => ArrayBytes(0, 0) + length * Block;

    internal object NewArray(TypeReference element, int length, int sp)
    {
        if (length < 0)
        {
            throw new DeviceFault(machine.NewException("System.ArgumentOutOfRangeException", "length"));
        }

        int bytes = TypeFacts.ElementBytes(element);
        object array = TypeFacts.NewArray(element, bytes > 0 ? length : 0);
        if (bytes == 0)
        {
            array = new DeviceArray(element, length);
            FillStructs((DeviceArray)array, sp);
        }

        int size = bytes > 0 ? ArrayBytes(length, bytes) : ReferenceArrayBytes(length);
        Charge(size, sp, array);
        machine.Interpreter.Tenths += (long)(size * machine.Costs.ClearByte);
        return array;
    }

    internal DeviceObject NewObject(TypeDefinition type, int sp)
    {
        DeviceObject instance = machine.Layouts.Create(type);
        Charge(SizeOf(instance), sp, instance);
        return instance;
    }

    internal string Literal(string text, int sp)
    {
        literals.Add(text);
        Charge(Block, sp, text); // the header alone: the text stays in flash
        return text;
    }

    internal string NewString(string text, int sp)
    {
        Charge(SizeOf(text), sp, text);
        return text;
    }

    internal object NewBox(TypeReference type, Kind kind, in Slot value, int sp)
    {
        if (kind == Kind.Ref)
        {
            return value.Ref!;
        }

        object box = kind == Kind.Struct ? ((DeviceObject)value.Ref!).CopyStruct() : new Box(type, kind, value);
        Charge(SizeOf(box), sp, box);
        return box;
    }

    internal DeviceDelegate NewDelegate(DeviceDelegate made, int sp)
    {
        Charge(SizeOf(made), sp, made);
        return made;
    }

    /// <summary>An array that the host hands in, or a native made.</summary>
    internal object Adopt(object value, int sp)
    {
        Charge(SizeOf(value), sp, value);
        return value;
    }

    /// <summary>Forgets the fullest moment and measures from here on.</summary>
    internal void ResetPeak(int sp)
    {
        Used = Live(sp, null);
        Peak = Used;
    }

    /// <summary>Bytes reachable now.</summary>
    internal long Live(int sp, object? beingMade) => Reachable(Roots(sp).Append(beingMade)).Sum(value => (long)SizeOf(value));

    /// <summary>The largest array reachable now, in bytes of heap.</summary>
    internal int LargestArray(int sp) => Reachable(Roots(sp)).Where(value => value is Array or DeviceArray).Select(SizeOf).DefaultIfEmpty().Max();

    private IEnumerable<object?> Roots(int sp) => machine.HostRoots
        .Concat(machine.Statics.SelectMany(statics => statics.Select(slot => slot.Ref)))
        .Concat(machine.Interpreter.Stack.Take(sp).Select(slot => slot.Ref));

    /// <summary>All that these lead to, themselves included.</summary>
    private static IEnumerable<object> Reachable(IEnumerable<object?> roots)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> waiting = new();
        void Reach(object? value)
        {
            if (value is not null and not TypeReference and not MethodReference and not FieldReference && seen.Add(value))
            {
                waiting.Push(value);
            }
        }

        foreach (object? root in roots)
        {
            Reach(root);
        }

        while (waiting.TryPop(out object? value))
        {
            foreach (object? inner in Within(value))
            {
                Reach(inner);
            }
        }

        return seen;
    }

    private static IEnumerable<object?> Within(object value) => value switch
    {
        DeviceObject instance => instance.Fields.Select(field => field.Ref).Append(instance.Native),
        DeviceArray array => array.Items,
        DeviceDelegate callee => [callee.Target],
        object?[] natives => natives,
        _ => [],
    };

    private static int Round(long bytes)
    {
        long rounded = (bytes + Block - 1) / Block * Block;
        return rounded > int.MaxValue ? int.MaxValue : (int)rounded;
    }

    private int SizeOf(object value) => value switch
    {
        string text when literals.Contains(text) => Block,
        string text => Round(Block + Encoding.UTF8.GetByteCount(text) + 1),
        DeviceObject { Type.IsValueType: true } contents => Block + contents.Fields.Length * Block,
        DeviceObject instance => Block + (instance.Fields.Length + (machine.Types.IsException(instance.Type) ? ExceptionFields : 0)) * Block,
        DeviceArray array => ReferenceArrayBytes(array.Items.Length),
        Array numbers when numbers.GetType().GetElementType()!.IsPrimitive => ArrayBytes(numbers.Length, ElementSize(numbers)),
        Box => BoxBytes,
        DeviceDelegate => 3 * Block, // a header, the method, the target
        _ => 0, // the emulator's own, such as a pointer
    };

    private static int ElementSize(Array numbers) => numbers switch
    {
        bool[] => 1,
        char[] => 2,
        _ => System.Runtime.InteropServices.Marshal.SizeOf(numbers.GetType().GetElementType()!),
    };

    private void FillStructs(DeviceArray array, int sp)
    {
        if (TypeFacts.KindOf(array.ElementType) == Kind.Struct)
        {
            TypeDefinition type = TypeFacts.Resolve(array.ElementType);
            for (int i = 0; i < array.Items.Length; i++)
            {
                array.Items[i] = NewObject(type, sp);
            }
        }
    }

    private void Charge(int bytes, int sp, object? made)
    {
        if (bytes > LargestObject)
        {
            throw new DeviceFault(machine.NewException("System.OutOfMemoryException", $"One object of {bytes} bytes; the device's largest is {LargestObject}."));
        }

        Allocated += bytes;
        Used += bytes;
        if (Used <= Peak && Used <= machine.Board.HeapBytes)
        {
            return;
        }

        Used = Live(sp, made);
        Peak = Math.Max(Peak, Used);
        if (Used > machine.Board.HeapBytes)
        {
            throw new DeviceFault(machine.NewException("System.OutOfMemoryException",
                $"{Used} bytes are in use; {machine.Board.Name} has {machine.Board.HeapBytes}."));
        }
    }
}
