using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Collections.ArrayList: its two fields, items and count, are worked on by the firmware.</summary>
internal static class ListNatives
{
    private const string Name = "System.Collections.ArrayList.";
    private const int Items = 0;
    private const int Size = 1;
    private const int Least = 4;

    internal static void AddTo(Dictionary<string, Native> table)
    {
        table[Name + "get_Item(System.Int32)"] = (_, s, f, _) => Result(s, f, ItemsOf(s[f]).Items[Within(s[f], s[f + 1].I4)]);
        table[Name + "set_Item(System.Int32,System.Object)"] =
            (_, s, f, _) => ItemsOf(s[f]).Items[Within(s[f], s[f + 1].I4)] = s[f + 2].Ref;
        table[Name + "Add(System.Object)"] = (m, s, f, _) =>
        {
            int count = Of(s[f]).Fields[Size].I4;
            Reserve(m, s[f], count);
            ItemsOf(s[f]).Items[count] = s[f + 1].Ref;
            Of(s[f]).Fields[Size].I4 = count + 1;
            Result(s, f, count);
        };
        table[Name + "Clear()"] = (_, s, f, _) =>
        {
            Array.Clear(ItemsOf(s[f]).Items, 0, Of(s[f]).Fields[Size].I4);
            Of(s[f]).Fields[Size].I4 = 0;
        };
        table[Name + "Insert(System.Int32,System.Object)"] = (m, s, f, _) =>
        {
            int count = Of(s[f]).Fields[Size].I4;
            int at = s[f + 1].I4;
            if (at < 0 || at > count)
            {
                throw new ArgumentOutOfRangeException();
            }

            Reserve(m, s[f], count);
            object?[] items = ItemsOf(s[f]).Items;
            Array.Copy(items, at, items, at + 1, count - at);
            items[at] = s[f + 2].Ref;
            Of(s[f]).Fields[Size].I4 = count + 1;
        };
        table[Name + "RemoveAt(System.Int32)"] = (_, s, f, _) =>
        {
            int at = Within(s[f], s[f + 1].I4);
            int count = Of(s[f]).Fields[Size].I4;
            object?[] items = ItemsOf(s[f]).Items;
            Array.Copy(items, at + 1, items, at, count - at - 1);
            items[count - 1] = null;
            Of(s[f]).Fields[Size].I4 = count - 1;
        };
        table[Name + "SetCapacity(System.Int32)"] = (m, s, f, _) => SetCapacity(m, s[f], s[f + 1].I4);
    }

    private static DeviceObject Of(in Slot list) => list.Ref as DeviceObject ?? throw new NullReferenceException();

    private static DeviceArray ItemsOf(in Slot list) => (DeviceArray)Of(list).Fields[Items].Ref!;

    private static int Within(in Slot list, int index) => (uint)index < (uint)Of(list).Fields[Size].I4
        ? index : throw new ArgumentOutOfRangeException();

    private static void Reserve(Machine machine, in Slot list, int count)
    {
        int capacity = ItemsOf(list).Items.Length;
        if (count == capacity)
        {
            SetCapacity(machine, list, Math.Max(capacity * 3 / 2, count + 1));
        }
    }

    private static void SetCapacity(Machine machine, in Slot list, int capacity)
    {
        DeviceArray old = ItemsOf(list);
        if (capacity == old.Items.Length)
        {
            return;
        }

        int count = Of(list).Fields[Size].I4;
        if (capacity < count)
        {
            throw new ArgumentOutOfRangeException();
        }

        DeviceArray made = (DeviceArray)machine.Heap.NewArray(machine.Own("System.Object"), Math.Max(capacity, Least));
        Array.Copy(old.Items, made.Items, count);
        Of(list).Fields[Items].Ref = made;
    }
}
