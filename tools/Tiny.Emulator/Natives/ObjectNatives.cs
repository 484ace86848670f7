using System.Runtime.CompilerServices;
using Mono.Cecil;
using Tiny.Emulator.Execution;

namespace Tiny.Emulator.Natives;

/// <summary>System.Object, System.Type, and what surrounds them.</summary>
internal static class ObjectNatives
{
    internal static void AddTo(Dictionary<string, Native> table)
    {
        table["System.Object..ctor()"] = (_, _, _, _) => { };
        table["System.Attribute..ctor()"] = (_, _, _, _) => { };
        table["System.Object.ReferenceEquals(System.Object,System.Object)"] = (_, s, f, _) => Result(s, f, ReferenceEquals(s[f].Ref, s[f + 1].Ref));
        table["System.Object.Equals(System.Object)"] = (_, s, f, _) => Result(s, f, AreEqual(s[f].Ref, s[f + 1].Ref));
        table["System.Object.Equals(System.Object,System.Object)"] = (_, s, f, _) => Result(s, f, AreEqual(s[f].Ref, s[f + 1].Ref));
        table["System.Object.GetHashCode()"] = (_, s, f, _) => Result(s, f, RuntimeHelpers.GetHashCode(s[f].Ref));
        table["System.Object.ToString()"] = (m, s, f, sp) =>
            s[f].Ref = m.Heap.NewString(s[f].Ref is DeviceObject made ? made.Type.FullName : s[f].Ref?.ToString() ?? "", sp);
        table["System.Type.GetTypeFromHandle(System.RuntimeTypeHandle)"] = (_, _, _, _) => { }; // the token already is the type
        table["System.Threading.Thread.Sleep(System.Int32)"] = (m, s, f, _) => Sleep(m, s[f].I4);
        table["System.Environment.get_TickCount64()"] = (m, s, f, _) =>
        {
            s[f].I8 = (long)m.Milliseconds;
            s[f].Ref = null;
        };
        table["System.GC.Collect()"] = (_, _, _, _) => { };
    }

    /// <summary>The board's clock moves on; to sleep for ever is how a device's Main ends.</summary>
    private static void Sleep(Machine machine, int milliseconds)
    {
        if (milliseconds < 0)
        {
            throw new ProgramEnd();
        }

        machine.Slept += milliseconds;
    }

    internal static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (Box a, Box b) => a.Type.FullName == b.Type.FullName && a.Value.I8 == b.Value.I8,
        (TypeReference a, TypeReference b) => a.FullName == b.FullName,
        _ => ReferenceEquals(left, right),
    };

    internal static void Result(Slot[] stack, int frame, bool value) => Result(stack, frame, value ? 1 : 0);

    internal static void Result(Slot[] stack, int frame, int value)
    {
        stack[frame].I8 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, float value)
    {
        stack[frame].R4 = value;
        stack[frame].Ref = null;
    }

    internal static void Result(Slot[] stack, int frame, double value)
    {
        stack[frame].R8 = value;
        stack[frame].Ref = null;
    }
}
