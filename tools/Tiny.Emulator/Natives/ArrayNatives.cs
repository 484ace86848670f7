using Mono.Cecil;
using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Array, and the copying in of initializers.</summary>
internal static class ArrayNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Array.get_Length()"] = (_, s, f, _) => Result(s, f, Elements.Length(s[f].Ref ?? throw new NullReferenceException()));
        table["System.Array.Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)"] = (m, s, f, _) =>
            Copy(m, s[f].Ref, s[f + 1].I4, s[f + 2].Ref, s[f + 3].I4, s[f + 4].I4);
        table["System.Array.Clear(System.Array,System.Int32,System.Int32)"] =
            (m, s, f, _) => Clear(m, s[f].Ref ?? throw new NullReferenceException(), s[f + 1].I4, s[f + 2].I4);
        table["System.Array.CreateInstance(System.Type,System.Int32)"] =
            (m, s, f, _) => Result(s, f, m.Heap.NewArray((TypeReference)s[f].Ref!, s[f + 1].I4));
        table["System.Array.System.Collections.IList.get_Item(System.Int32)"] =
            (m, s, f, _) => Result(s, f, Item(m, s[f].Ref!, s[f + 1].I4));
        table["System.Array.System.Collections.IList.set_Item(System.Int32,System.Object)"] = (m, s, f, _) =>
            m.Types.StoreElement(s[f].Ref!, s[f + 1].I4, s[f + 2].Ref is Box box ? box.Load() : s[f + 2]);
        table["System.Array.TrySzIndexOf(System.Array,System.Int32,System.Int32,System.Object,System.Int32&)"] =
            (m, s, f, _) => IndexOf(m, s, f);
        table["System.Runtime.CompilerServices.RuntimeHelpers.InitializeArray(System.Array,System.RuntimeFieldHandle)"] = (m, s, f, _) =>
        {
            byte[] bytes = ((FieldReference)s[f + 1].Ref!).Resolve().InitialValue;
            Array array = (Array)s[f].Ref!;
            Buffer.BlockCopy(bytes, 0, array, 0, Math.Min(bytes.Length, Buffer.ByteLength(array)));
            m.Interpreter.Tenths += m.Costs.InitializeByte * bytes.Length;
        };
    }

    private static void Copy(Machine machine, object? from, int fromIndex, object? to, int toIndex, int length)
    {
        if (length == 0)
        {
            return;
        }

        object source = from ?? throw new NullReferenceException();
        object target = to ?? throw new NullReferenceException();
        if (length < 0 || fromIndex < 0 || toIndex < 0 || fromIndex + length > Elements.Length(source)
            || toIndex + length > Elements.Length(target))
        {
            throw new ArgumentOutOfRangeException();
        }

        switch (source, target)
        {
            case (DeviceArray a, DeviceArray b):
                CopyItems(machine, a, fromIndex, b, toIndex, length);
                break;
            case (Array a, Array b) when a.GetType() == b.GetType():
                Array.Copy(a, fromIndex, b, toIndex, length);
                break;
            default:
                throw new InvalidCastException();
        }

        bool overlaps = ReferenceEquals(source, target) && toIndex > fromIndex && toIndex < fromIndex + length;
        machine.Interpreter.Tenths += machine.Costs.CopyElements(
            length, source is DeviceArray ? 12 : Elements.SizeOf(source), overlaps, source is DeviceArray);
    }

    private static void CopyItems(Machine machine, DeviceArray from, int fromIndex, DeviceArray to, int toIndex, int length)
    {
        bool backward = ReferenceEquals(from, to) && toIndex > fromIndex;
        for (int i = 0; i < length; i++)
        {
            int at = backward ? length - 1 - i : i;
            object? item = from.Items[fromIndex + at];
            if (item is not null && !machine.Types.IsInstance(item, to.ElementType))
            {
                throw new InvalidCastException();
            }

            to.Set(toIndex + at, item);
        }
    }

    private static void Clear(Machine machine, object array, int index, int length)
    {
        if (length < 0 || index < 0 || index + length > Elements.Length(array))
        {
            throw new ArgumentOutOfRangeException();
        }

        if (array is DeviceArray { IsOfStructs: true } structs)
        {
            for (int i = index; i < index + length; i++)
            {
                structs.Set(i, machine.Layouts.Create(TypeFacts.Resolve(structs.ElementType)));
            }
        }
        else
        {
            Array.Clear(array is DeviceArray references ? references.Items : (Array)array, index, length);
        }

        machine.Interpreter.Tenths += machine.Costs.ClearElements(length, array is DeviceArray ? 12 : Elements.SizeOf(array));
    }

    private static object? Item(Machine machine, object array, int index)
    {
        Slot slot = Elements.Load(array, index);
        if (array is DeviceArray)
        {
            return machine.Heap.Clone(slot.Ref);
        }

        TypeReference type = machine.Own(array.GetType().GetElementType()!.FullName!);
        Storage storage = TypeFacts.StorageOf(type);
        return machine.Heap.NewBox(new BoxType(type, TypeFacts.KindOf(storage), storage), slot);
    }

    private static void IndexOf(Machine machine, Slot[] stack, int frame)
    {
        object array = stack[frame].Ref ?? throw new NullReferenceException();
        int start = stack[frame + 1].I4;
        int stop = start + stack[frame + 2].I4;
        object? wanted = stack[frame + 3].Ref;
        int found = -1;
        bool isPrimitive = array is not DeviceArray;
        int looked = 0;
        for (int i = start; i < stop && found < 0; i++, looked++)
        {
            Slot element = Elements.Load(array, i);
            bool same = isPrimitive
                ? wanted is Box box && box.Type.FullName == array.GetType().GetElementType()!.FullName
                && ObjectNatives.SameNumber(box.Kind, element, box.Load())
                : ReferenceEquals(element.Ref, wanted);
            found = same ? i : -1;
        }

        machine.Interpreter.Tenths += looked * machine.Costs.ComparedElement;
        ((Reference)stack[frame + 4].Ref!).Store(new Slot { I8 = found });
        Result(stack, frame, isPrimitive || found >= 0);
    }
}
