using Tiny.Emulator.Execution;
using static Tiny.Emulator.Natives.Results;

namespace Tiny.Emulator.Natives;

/// <summary>System.Delegate: combining, removing, comparing.</summary>
internal static class DelegateNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Delegate.Combine(System.Delegate,System.Delegate)"] =
            (m, s, f, _) => Result(s, f, Change(m, Of(s[f]), Of(s[f + 1]), combine: true));
        table["System.Delegate.Remove(System.Delegate,System.Delegate)"] =
            (m, s, f, _) => Result(s, f, Change(m, Of(s[f]), Of(s[f + 1]), combine: false));
        table["System.Delegate.Equals(System.Object)"] = (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref) == 0);
        table["System.Delegate.get_Target()"] =
            (_, s, f, _) => Result(s, f, (Of(s[f]) ?? throw new NullReferenceException()).All[^1].Target);
        foreach (string type in new[] { "Delegate", "MulticastDelegate" })
        {
            table[$"System.{type}.op_Equality(System.{type},System.{type})"] =
                (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref) == 0);
            table[$"System.{type}.op_Inequality(System.{type},System.{type})"] =
                (_, s, f, _) => Result(s, f, ReferenceOrder.Compare(s[f].Ref, s[f + 1].Ref) != 0);
        }

        table["System.Delegate.GetInvocationList()"] = (m, s, f, _) =>
        {
            DeviceDelegate[] all = Of(s[f])?.All.ToArray() ?? [];
            DeviceArray made = (DeviceArray)m.Heap.NewArray(m.Own("System.Delegate"), all.Length);
            all.CopyTo(made.Items, 0);
            Result(s, f, made);
        };
    }

    private static DeviceDelegate? Of(in Slot slot) => slot.Ref as DeviceDelegate;

    /// <summary>One after the other, so that each of several is removed where it is first found.</summary>
    private static DeviceDelegate? Change(Machine machine, DeviceDelegate? from, DeviceDelegate? change, bool combine)
    {
        if (change is null)
        {
            return from;
        }

        DeviceDelegate? result = from;
        foreach (DeviceDelegate one in change.All.ToArray())
        {
            result = combine ? Append(machine, result, one) : Without(machine, result, one);
        }

        return result;
    }

    private static DeviceDelegate Append(Machine machine, DeviceDelegate? list, DeviceDelegate one) =>
        list is null ? one : machine.Heap.NewDelegate(new DeviceDelegate(one.Type, null, null, [.. list.All, one]));

    private static DeviceDelegate? Without(Machine machine, DeviceDelegate? list, DeviceDelegate one)
    {
        DeviceDelegate[] all = list?.All.ToArray() ?? [];
        int at = Array.FindIndex(all, other => other.Calls(one));
        if (at < 0)
        {
            return list;
        }

        return all.Length switch
        {
            1 => null,
            2 => all[1 - at],
            _ => machine.Heap.NewDelegate(new DeviceDelegate(one.Type, null, null, [.. all[..at], .. all[(at + 1)..]])),
        };
    }
}
