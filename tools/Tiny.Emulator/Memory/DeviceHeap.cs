// Over 300 lines: one set of rules for what every kind of object takes, lives and costs.
using System.Text;
using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Memory;

/// <summary>
/// Accounts for the device's heap: blocks of 12 bytes, a header of 20 bytes an array, a block an object and
/// one for each field; call frames too. What a mark-and-sweep collector could free is found by marking
/// whenever the heap seems fuller than it ever was, so that the live peak is exact.
/// </summary>
internal sealed class DeviceHeap(Machine machine)
{
    private const int Block = 12;
    private const int ArrayHeader = 20;
    private const int LargestObject = 65535 * Block;

    private readonly HashSet<object> literals = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> ignored = new(ReferenceEqualityComparer.Instance);
    private long frames;
    private long objectsMade;

    /// <summary>Bytes allocated since the program began, frames not counted.</summary>
    internal long Allocated { get; private set; }

    /// <summary>Bytes that were in use at the fullest moment.</summary>
    internal long Peak { get; private set; }

    /// <summary>Bytes in use at the last marking and all allocated since.</summary>
    private long Used { get; set; }

    internal static int ArrayBytes(int length, int bytesPerElement) => Round(ArrayHeader + (long)length * bytesPerElement);

    internal static int ReferenceArrayBytes(int length) => ArrayBytes(0, 0) + length * Block;

    internal object NewArray(TypeReference element, int length)
    {
        if (length < 0)
        {
            throw new DeviceFault(machine.NewException("System.ArgumentOutOfRangeException", null));
        }

        int bytes = TypeFacts.ElementBytes(element);
        int size = bytes > 0 ? ArrayBytes(length, bytes) : ReferenceArrayBytes(length);
        CheckSize(size);
        object array = bytes > 0 ? TypeFacts.NewArray(element, length) : new DeviceArray(element, length);
        Charge(size, array);
        machine.Interpreter.Tenths += machine.Costs.NewArray(size, bytes == 0 ? length : -1);
        if (array is DeviceArray { IsOfStructs: true } structs)
        {
            TypeDefinition type = TypeFacts.Resolve(element);
            for (int i = 0; i < length; i++)
            {
                structs.Items[i] = machine.Layouts.Create(type);
                Charge(SizeOf(structs.Items[i]!), array);
                machine.Interpreter.Tenths += machine.Costs.StructElement(((DeviceObject)structs.Items[i]!).Fields.Length);
            }
        }

        return array;
    }

    internal DeviceObject NewObject(TypeDefinition type)
    {
        DeviceObject instance = machine.Layouts.Create(type);
        Charge(SizeOf(instance), instance);
        return instance;
    }

    /// <summary>A struct's contents: a local's, or one being built.</summary>
    internal DeviceObject NewStruct(TypeDefinition type) => NewObject(type);

    /// <summary>What loading a struct gives: a copy of it on the heap. Any other reference is itself.</summary>
    internal object? Clone(object? value)
    {
        if (value is not DeviceObject { Type.IsValueType: true } contents)
        {
            return value;
        }

        DeviceObject copy = contents.CopyStruct();
        Charge(SizeOf(copy), copy);
        machine.Interpreter.Tenths += machine.Costs.Clone(copy.Fields.Length);
        return copy;
    }

    internal string Literal(string text)
    {
        text = Terminated(text);
        literals.Add(text);
        Charge(Block, text); // the header alone: the text stays in flash
        return text;
    }

    internal string NewString(string text)
    {
        // A text of its own, even if it is equal to a literal.
        string made = new(Terminated(text).AsSpan());
        Charge(SizeOf(made), made);
        return made;
    }

    /// <summary>Texts end at their first character 0 on the device.</summary>
    private static string Terminated(string text) => text.Contains('\0') ? text[..text.IndexOf('\0')] : text;

    internal object? NewBox(BoxType type, in Slot value)
    {
        switch (type.Kind)
        {
            case Kind.Ref:
                return value.Ref;
            case Kind.Struct:
                return Clone(value.Ref);
            default:
                Box box = new(type.Type, type.Kind, type.Storage, value) { };
                Charge(2 * Block, box);
                return box;
        }
    }

    internal DeviceDelegate NewDelegate(DeviceDelegate made)
    {
        Charge(SizeOf(made), made);
        return made;
    }

    /// <summary>An array that the host hands in, or a native made.</summary>
    internal T Adopt<T>(T value)
        where T : class
    {
        Charge(SizeOf(value), value);
        return value;
    }

    internal void TakeFrame(int bytes)
    {
        frames += bytes;
        if (Used + frames > Peak || Used + frames > Limit)
        {
            Look(null);
        }
    }

    internal void ReleaseFrame(int bytes) => frames -= bytes;

    internal void ForgetFrames() => frames = 0;

    /// <summary>Collects, as GC.Run does; returns the bytes that are free.</summary>
    internal long Collect(bool compact)
    {
        int before = (int)objectsMade;
        List<object> live = [.. Reachable(Roots())];
        objectsMade = live.Count;
        Used = live.Sum(value => (long)SizeOf(value));
        machine.Interpreter.Tenths += machine.Costs.Collection(Marking(live), Math.Max(0, before - live.Count), compact);
        return Math.Max(0, Limit - Used - frames);
    }

    /// <summary>What marking the living takes; delegates and structs within arrays added nothing that could be measured.</summary>
    private int Marking(IEnumerable<object> live) => live
        .Where(value => value is not DeviceObject { Type.IsValueType: true } and not DeviceDelegate && SizeOf(value) > 0)
        .Sum(value => machine.Costs.Marking(value is string or Box or Array, value is DeviceArray));

    /// <summary>Forgets the fullest moment and measures from here on.</summary>
    internal void ResetPeak()
    {
        Used = Live;
        Peak = Used;
    }

    /// <summary>Bytes reachable now, frames not counted.</summary>
    internal long Live => Reachable(Roots()).Sum(value => (long)SizeOf(value));

    /// <summary>The largest array reachable now, in bytes of heap.</summary>
    internal int LargestArray => Arrays().Where(array => !ignored.Contains(array)).Select(SizeOf).DefaultIfEmpty().Max();

    /// <summary>Leaves what arrays of references there are now out of <see cref="LargestArray"/>.</summary>
    internal void IgnoreReferenceArrays() => ignored.UnionWith(Arrays().OfType<DeviceArray>());

    private IEnumerable<object> Arrays() => Reachable(Roots()).Where(value => value is Array or DeviceArray);

    internal int SizeOf(object value) => value switch
    {
        string text when literals.Contains(text) => Block,
        string text => Math.Max(2 * Block, Block + Round(Encoding.UTF8.GetByteCount(text) + 1)),
        DeviceObject instance => Block + instance.Fields.Length * Block,
        DeviceArray array => ReferenceArrayBytes(array.Items.Length),
        Array numbers when numbers.GetType().GetElementType()!.IsPrimitive => ArrayBytes(numbers.Length, Elements.SizeOf(numbers)),
        Box => 2 * Block,
        DeviceDelegate { List: { } list } => 2 * Block + list.Length * Block,
        DeviceDelegate => 3 * Block, // a header, the method, the target
        _ => 0, // the emulator's own, such as a pointer
    };

    /// <summary>What the program may use: the heap less what the runtime takes before Main.</summary>
    private long Limit => machine.Board.HeapBytes - Reserved;

    /// <summary>What the runtime takes.</summary>
    internal long Reserved { get; set; }

    private static int Round(long bytes)
    {
        long rounded = (bytes + Block - 1) / Block * Block;
        return rounded > int.MaxValue ? int.MaxValue : (int)rounded;
    }

    private IEnumerable<object?> Roots()
    {
        IEnumerable<object?> roots = machine.HostRoots
            .Concat(machine.Statics.SelectMany(statics => statics.Select(slot => slot.Ref)))
            .Concat(machine.Scheduler.Timers.SelectMany(timer => new[] { timer.Managed, timer.Callback, timer.State }));
        return machine.Scheduler.Threads.Append(machine.Scheduler.Main).Distinct().SelectMany(RootsOf).Concat(roots);
    }

    private static IEnumerable<object?> RootsOf(DeviceThread thread)
    {
        yield return thread.Managed;
        foreach (Unwinding unwinding in thread.Unwindings)
        {
            yield return unwinding.Exception;
        }

        for (int depth = 0; depth < thread.Depth; depth++)
        {
            Frame frame = thread.Frames[depth];
            for (int i = frame.Base; i < frame.Sp; i++)
            {
                yield return frame.Slots[i].Ref;
            }
        }
    }

    /// <summary>All that these lead to, themselves included.</summary>
    private static IEnumerable<object> Reachable(IEnumerable<object?> roots)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> waiting = new();
        void Reach(object? value)
        {
            if (value is not null and not TypeReference and not MethodReference and not FieldReference
                && !ReferenceEquals(value, Slot.Unsigned) && seen.Add(value))
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
        DeviceDelegate { List: { } list } => list,
        DeviceDelegate callee => [callee.Target],
        object?[] natives => natives,
        _ => [],
    };

    private void CheckSize(int bytes)
    {
        if (bytes > LargestObject)
        {
            throw new DeviceFault(machine.NewException(
                "System.OutOfMemoryException", $"One object of {bytes} bytes; the device's largest is {LargestObject}."));
        }
    }

    private void Charge(int bytes, object? made)
    {
        CheckSize(bytes);
        Allocated += bytes;
        objectsMade++;
        Used += bytes;
        if (Used + frames > Peak || Used + frames > Limit)
        {
            Look(made);
        }
    }

    /// <summary>Marks, if the heap is fuller than it ever was or more than full.</summary>
    private void Look(object? made)
    {
        bool isFull = Used + frames > Limit;
        List<object> live = [.. Reachable(Roots().Append(made))];
        Used = live.Sum(value => (long)SizeOf(value));
        Peak = Math.Max(Peak, Used + frames);
        if (isFull)
        {
            machine.Interpreter.Tenths += machine.Costs.Collection(
                Marking(live), (int)Math.Max(0, objectsMade - live.Count), compact: false);
            objectsMade = live.Count;
        }

        if (Used + frames > Limit)
        {
            throw new DeviceFault(machine.NewException(
                "System.OutOfMemoryException", $"{Used + frames} bytes are in use; {machine.Board.Name} has {Limit}."));
        }
    }
}
